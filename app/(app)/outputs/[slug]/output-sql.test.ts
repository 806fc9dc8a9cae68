import { describe, expect, it } from 'vitest';
import { outputSql } from './output-sql';

describe('the SQL shown for a table', () => {
  it('names every column and keeps quotes as text', () => {
    expect(outputSql('sent', [`it's "so"`], undefined)).toBe(
      `select run_id,
       step,
       contact_id,
       values ->> 'it''s "so"' as "it's ""so""",
       recorded_at
from waybill.output_v1
where output_table = 'sent'
order by recorded_at desc;`,
    );
    expect(outputSql('sent', [], 'run_1')).toContain(`where output_table = 'sent' and run_id = 'run_1'`);
  });
});
