import { EventEmitter } from 'vscode';
import type { Disposable, Event, TreeDataProvider, TreeItem } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import { Disposables } from '../disposables.ts';
import type { JobController } from '../jobs/job-controller.ts';
import { deviceFacts, factRow } from '../presenters/device-facts.ts';
import { deviceRow } from '../presenters/device-row.ts';
import type { DeviceSurroundings } from '../presenters/device-row.ts';
import type { DeviceNode } from '../presenters/nodes.ts';
import { wording } from '../wording.ts';
import type { DeviceHealth } from './device-health.ts';
import type { DeviceStore } from './device-store.ts';
import type { HistoryStore } from './history-store.ts';
import { treeItem } from './tree-item.ts';

/** The Devices view: one row a device, below it what the device has told. */
export class DeviceTree implements TreeDataProvider<DeviceNode>, Disposable {
  readonly #devices: DeviceStore;
  readonly #history: HistoryStore;
  readonly #jobs: JobController;
  readonly #health: DeviceHealth;
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.own(new EventEmitter<void>());

  constructor(devices: DeviceStore, history: HistoryStore, jobs: JobController, health: DeviceHealth) {
    this.#devices = devices;
    this.#history = history;
    this.#jobs = jobs;
    this.#health = health;
    for (const event of [devices.onDidChange, history.onDidChange, jobs.onDidChange, health.onDidChange]) {
      this.#owned.own(event(() => this.#changed.fire()));
    }
  }

  get onDidChangeTreeData(): Event<void> {
    return this.#changed.event;
  }

  getTreeItem(node: DeviceNode): TreeItem {
    const around = this.#around(node.device);
    if (node.kind === 'fact') return treeItem(factRow(node.device, node.fact, around, wording()));
    return treeItem(deviceRow(node.device, around, wording()));
  }

  getChildren(node?: DeviceNode): DeviceNode[] {
    if (!node) return this.#roots();
    if (node.kind === 'fact' || node.device.trust !== 'trusted') return [];
    const { device } = node;
    return deviceFacts(device, this.#around(device), wording()).map((fact) => ({ kind: 'fact', device, fact }));
  }

  getParent(node: DeviceNode): DeviceNode | undefined {
    return node.kind === 'fact' ? { kind: 'device', device: node.device } : undefined;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #roots(): DeviceNode[] {
    this.#devices.start();
    void this.#history.load();
    if (this.#devices.state !== 'listed') return [];
    return this.#devices.devices.map((device) => ({ kind: 'device', device }));
  }

  #around(device: DeviceSummary): DeviceSurroundings {
    return {
      job: this.#jobs.ofDevice(device.udid),
      lastBackup: this.#history.lastBackup(device.udid),
      isHistoryKnown: this.#history.history !== undefined,
      health: this.#health.of(device.udid),
    };
  }
}
