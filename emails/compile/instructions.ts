import type { MergeIf, MergeNode, MergeOutput } from '@/lib/domain/merge-tags';

/**
 * One step of writing a part of the message. Text is final (already markup in the HTML part); everything else is
 * filled in per contact. Plain data: a frozen campaign version stores it.
 */
export type Instruction =
  | string
  | MergeOutput
  | MergeIf<Instruction>
  /** An address written as it is. */
  | { url: MergeNode[] }
  /** Entry of the link table: tracked, or its own address. */
  | { link: number }
  | { pixel: true };

export interface CompiledLink {
  url: MergeNode[];
  /** The words or picture the link stands on, for reports. */
  label: string;
}

export interface CompiledEmail {
  format: 1;
  locale: string;
  subject: MergeNode[];
  html: Instruction[];
  text: Instruction[];
  links: CompiledLink[];
  isTrackingLinks: boolean;
  isTrackingOpens: boolean;
  workspace: { name: string; postalAddress: string };
}
