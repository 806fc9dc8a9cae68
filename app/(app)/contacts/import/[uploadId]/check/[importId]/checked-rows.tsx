import { RemarkReasons } from '@/components/imports/remark-reasons';
import { type RemarkRow, RemarkTable } from '@/components/imports/remark-table';
import { TextLink } from '@/components/ui/link-button';
import { Section } from '@/components/ui/section';

interface CheckedRowsProps {
  remarks: RemarkRow[];
  byCode: { code: string; severity: string; n: number }[];
  importId: string;
}

/** Why rows would be refused or noted, and the first of them. */
export function CheckedRows({ remarks, byCode, importId }: CheckedRowsProps) {
  const all = byCode.reduce((sum, { n }) => sum + n, 0);
  return (
    <div className="flex flex-col gap-10 pt-12">
      <Section title="Why">
        <RemarkReasons byCode={byCode} hrefFor={(query) => `/contacts/imports/${importId}?${query}`} />
      </Section>
      <Section
        title="The first rows with a remark"
        actions={all > remarks.length && <TextLink href={`/contacts/imports/${importId}`}>All {all}</TextLink>}
      >
        <RemarkTable remarks={remarks} />
      </Section>
    </div>
  );
}
