import { StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { Disposable, StatusBarItem } from 'vscode';
import { Disposables } from '../disposables.ts';
import { command } from '../ids.ts';
import { statusText } from '../presenters/status-text.ts';
import { tooltip } from '../views/tree-item.ts';
import { t, wording } from '../wording.ts';
import type { JobController } from './job-controller.ts';

/** One item for all running jobs, made when the first one starts and hidden when none runs. */
export class StatusBar implements Disposable {
  readonly #owned = new Disposables();
  readonly #jobs: JobController;
  #item: StatusBarItem | undefined;

  constructor(jobs: JobController) {
    this.#jobs = jobs;
    this.#owned.own(jobs.onDidChange(() => this.#draw()));
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #draw(): void {
    const status = statusText(this.#jobs.jobs, wording());
    if (!status) {
      this.#item?.hide();
      return;
    }
    const item = (this.#item ??= this.#create());
    item.text = status.text;
    item.tooltip = tooltip(status.tooltip);
    item.accessibilityInformation = { label: status.spoken, role: 'status' };
    item.backgroundColor = status.needsPerson ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    item.show();
  }

  #create(): StatusBarItem {
    const item = this.#owned.own(window.createStatusBarItem('jobs', StatusBarAlignment.Left, 10));
    item.name = t('iPhone Backup');
    item.command = command.showJobs;
    return item;
  }
}
