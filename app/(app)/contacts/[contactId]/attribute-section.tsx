import { AttributeValueText } from '@/components/contacts/attribute-value';
import { FactList } from '@/components/ui/facts';
import { Section } from '@/components/ui/section';
import type { AttributeDefinition } from '@/lib/domain/attribute';

interface AttributeSectionProps {
  values: Record<string, unknown>;
  definitions: AttributeDefinition[];
}

/** What is known about the person; attributes without a value are left out, values without a definition are shown. */
export function AttributeSection({ values, definitions }: AttributeSectionProps) {
  const defined = definitions.filter(({ key }) => values[key] !== undefined && values[key] !== null);
  const others = Object.keys(values).filter((key) => !definitions.some((one) => one.key === key));
  const facts = [
    ...defined.map(({ key, label, type }) => ({
      label,
      value: <AttributeValueText type={type} value={values[key]} />,
    })),
    ...others.map((key) => ({ label: key, value: <AttributeValueText type={undefined} value={values[key]} /> })),
  ];
  return (
    <Section title="Attributes">
      {facts.length > 0 ? (
        <FactList facts={facts} />
      ) : (
        <p className="border-rule border-y py-4 text-ink-soft">Nothing is known besides the fields above.</p>
      )}
    </Section>
  );
}
