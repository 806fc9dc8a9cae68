import {
  type Expression,
  fieldName,
  isOutput,
  isReservedField,
  type MergeNode,
  type Operand,
  type ReservedField,
} from './merge-tags';
import { isFallback } from './merge-tags-filters';
import { parseMergeTags } from './merge-tags-parse';

export interface TemplateAnalysis {
  /** Contact fields the template reads, in order of first use. */
  fields: string[];
  /** Those among them that the workspace does not have. */
  unknown: string[];
  /** Those printed somewhere with neither a fallback nor an `if` around them: empty for whoever lacks the field. */
  withoutFallback: string[];
  /** System fields in use, such as `unsubscribe_url`. */
  reserved: ReservedField[];
}

/** Collects what templates read; one collector may visit many texts and conditions. */
export class TemplateReader {
  private readonly used = new Set<string>();
  private readonly bare = new Set<string>();
  private readonly system = new Set<ReservedField>();

  visit(nodes: readonly MergeNode[], guarded: ReadonlySet<string> = new Set()): void {
    for (const node of nodes) {
      if (typeof node === 'string') continue;
      if (isOutput(node)) {
        const name = this.operand(node.value);
        if (name && !guarded.has(name) && !node.filters.some((filter) => isFallback(filter.name))) this.bare.add(name);
        continue;
      }
      for (const { test, body } of node.branches) this.visit(body, this.condition(test, guarded));
      this.visit(node.otherwise, guarded);
    }
  }

  /** Notes the fields of a condition; answers the fields known to be present where it holds. */
  condition(test: Expression, guarded: ReadonlySet<string> = new Set()): ReadonlySet<string> {
    const present = new Set(guarded);
    this.note(test, true, present);
    return present;
  }

  result(knownFields: Iterable<string>): TemplateAnalysis {
    const known = new Set(knownFields);
    const fields = [...this.used];
    return {
      fields,
      unknown: fields.filter((field) => !known.has(field)),
      withoutFallback: fields.filter((field) => this.bare.has(field)),
      reserved: [...this.system],
    };
  }

  private note(test: Expression, isHeld: boolean, present: Set<string>): void {
    switch (test.op) {
      case 'and':
      case 'or':
        this.note(test.left, isHeld && test.op === 'and', present);
        this.note(test.right, isHeld && test.op === 'and', present);
        return;
      case 'not':
        this.note(test.operand, false, present);
        return;
      case 'value': {
        const name = this.operand(test.value);
        if (isHeld && name) present.add(name);
        return;
      }
      default: {
        const name = this.operand(test.left);
        this.operand(test.right);
        const isValue = 'literal' in test.right && test.right.literal !== '' && test.right.literal !== null;
        if (isHeld && name && isValue && test.op !== '!=') present.add(name);
      }
    }
  }

  private operand(operand: Operand): string | undefined {
    if (!('field' in operand)) return undefined;
    const name = fieldName(operand.field);
    if (isReservedField(name)) this.system.add(name);
    else {
      this.used.add(name);
      return name;
    }
    return undefined;
  }
}

/** What one template text reads, measured against the fields the workspace has. Throws `MergeTagError`. */
export function analyse(source: string, knownFields: Iterable<string>): TemplateAnalysis {
  const reader = new TemplateReader();
  reader.visit(parseMergeTags(source));
  return reader.result(knownFields);
}
