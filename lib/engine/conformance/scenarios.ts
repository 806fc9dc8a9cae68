import { eventScenarios } from './event-scenarios';
import { flowScenarios } from './flow-scenarios';
import type { Scenario } from './kit';
import { stepScenarios } from './step-scenarios';

/** What both engines promise. Effects go to a table; only order, counts and lower time bounds are asserted. */
export const scenarios: Scenario[] = [...stepScenarios, ...eventScenarios, ...flowScenarios];
