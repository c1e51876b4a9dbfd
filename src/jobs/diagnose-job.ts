import type { DiagnosisReport } from '../shared/diagnosis-report.ts';
import type { DiagnosisRequest, EngineOptions } from './api.ts';
import type { JobContext } from './job-context.ts';

export function diagnose(options: EngineOptions, request: DiagnosisRequest, job: JobContext): Promise<DiagnosisReport> {
  throw new Error(`Not built yet: ${[options, request, job].length}`);
}
