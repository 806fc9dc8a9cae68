'use client';

import { createContext, useContext } from 'react';
import type { AttributeDefinition } from '@/lib/domain/attribute';
import type { DraftProblems } from './read-draft';
import type { DraftGroup } from './rule-draft';

export interface Named {
  id: string;
  name: string;
}

/** Everything of the workspace that a rule may name. */
export interface RuleCatalogue {
  attributes: AttributeDefinition[];
  lists: Named[];
  /** Without the segment that is being edited. */
  segments: Named[];
  campaigns: Named[];
}

export interface RuleEditing {
  catalogue: RuleCatalogue;
  problems: DraftProblems;
  /** True once somebody tried to save: from then on what is missing is marked as wrong. */
  insist: boolean;
  readOnly: boolean;
  change: (edit: (root: DraftGroup) => DraftGroup) => void;
}

export const RuleContext = createContext<RuleEditing>({
  catalogue: { attributes: [], lists: [], segments: [], campaigns: [] },
  problems: {},
  insist: false,
  readOnly: true,
  change: () => undefined,
});

export function useRule(): RuleEditing {
  return useContext(RuleContext);
}
