export { applySelection, planText, type PlanOptions } from './edit-plan.ts';
export { parsePlan, type PlanDocument } from './parse-plan.ts';
export { isComplete, isPlanName, planLimits, planVersion, type Plan, type Retention, type Schedule } from './plan.ts';
export { problemText } from './problem-words.ts';
export { isError, type PlanProblem } from './problem.ts';
export { lineOf, planOf, readPlan } from './read-plan.ts';
export { backupsOfPlan, expiredBackups } from './retention.ts';
export { notDue, type NotDue } from './schedule.ts';
export { figuresOf, selectionsToMeasure, validatePlan, type PlanFigures, type PlanKnowledge } from './validate-plan.ts';
