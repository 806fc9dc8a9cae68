import { RemarkReasons } from '@/components/imports/remark-reasons';
import { type RemarkRow, RemarkTable } from '@/components/imports/remark-table';
import { LinkButton } from '@/components/ui/link-button';
import { formatNumber } from '@/components/ui/number';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import { ROW_CODES } from '@/lib/domain/import';

interface RemarkSectionProps {
  importId: string;
  remarks: {
    items: RemarkRow[];
    nextCursor: string | null;
    byCode: { code: string; severity: string; n: number }[];
  };
  address: { severity?: 'rejected' | 'note'; code?: string; cursor?: string };
}

/** Why rows were refused or noted, by reason and one by one. */
export function RemarkSection({ importId, remarks, address }: RemarkSectionProps) {
  const { items, nextCursor, byCode } = remarks;
  if (byCode.length === 0) return null;
  const { severity, code, cursor } = address;
  const filter = new URLSearchParams({ ...(severity && { severity }), ...(code && { code }) });
  const base = `/contacts/imports/${importId}`;
  const matching = byCode.filter((one) => (!severity || one.severity === severity) && (!code || one.code === code));
  const n = matching.reduce((sum, one) => sum + one.n, 0);
  const kind = severity === 'rejected' ? 'rejected' : severity === 'note' ? 'taken with a note' : 'with a remark';
  const title = `${formatNumber(n)} ${n === 1 ? 'row' : 'rows'} ${kind}${code ? `: ${ROW_CODES[code] ?? code}` : ''}`;
  return (
    <div className="flex flex-col gap-10 pt-12">
      <Section title="Why">
        <RemarkReasons byCode={byCode} hrefFor={(query) => `${base}?${query}#rows`} />
      </Section>
      <Section
        id="rows"
        title={title}
        actions={
          (severity || code) && (
            <LinkButton size="sm" variant="quiet" href={`${base}#rows`}>
              Show all
            </LinkButton>
          )
        }
      >
        <RemarkTable remarks={items} />
        <Pagination
          previousHref={cursor ? `${base}?${filter}#rows` : null}
          nextHref={nextCursor && `${base}?${new URLSearchParams([...filter, ['cursor', nextCursor]])}#rows`}
        />
      </Section>
    </div>
  );
}
