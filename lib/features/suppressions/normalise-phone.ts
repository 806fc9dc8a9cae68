import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  Metadata,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';

export type ParsedPhone =
  | { ok: true; phone: string }
  | { ok: false; code: 'phone_invalid' | 'phone_multiple'; message: string };

interface Plan {
  callingCode: string;
  national: RegExp;
  /** A prefix such as 0 that may have to go; only the library knows when. */
  trunk: RegExp | null;
  /** What is dialled before a country code. */
  international: RegExp;
}

const plans = new Map<string, Plan | null>();

function readPlan(country: CountryCode): Plan | null {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  const plan = metadata.numberingPlan as unknown as {
    callingCode(): string;
    nationalNumberPattern(): string | undefined;
    nationalPrefixForParsing(): string | undefined;
    IDDPrefix(): string | undefined;
  };
  const pattern = plan.nationalNumberPattern();
  const callingCode = plan.callingCode();
  const shared = getCountries().some((other) => other !== country && getCountryCallingCode(other) === callingCode);
  // countries that share a code are told apart by patterns per kind of number
  if (!pattern || shared) return null;
  const trunk = plan.nationalPrefixForParsing();
  return {
    callingCode,
    national: new RegExp(`^(?:${pattern})$`),
    trunk: trunk ? new RegExp(`^(?:${trunk})`) : null,
    international: new RegExp(`^(?:${plan.IDDPrefix() || '00'})`),
  };
}

function planOf(country: string): Plan | null {
  const known = plans.get(country);
  if (known !== undefined) return known;
  const plan = isSupportedCountry(country) ? readPlan(country) : null;
  plans.set(country, plan);
  return plan;
}

const SEPARATORS = /[ ().\-\u00a0]/g;
const ONLY_DIGITS = /^\+?\d{5,15}$/;

/** The common ways of writing a number, at a tenth of the library's cost; undefined when the library must decide. */
function fastPhone(text: string, plan: Plan): string | undefined {
  const digits = text.replace(SEPARATORS, '');
  if (!ONLY_DIGITS.test(digits)) return undefined;
  if (digits.charCodeAt(0) === 43) {
    const national = digits.slice(1 + plan.callingCode.length);
    const own = digits.startsWith(plan.callingCode, 1) && plan.national.test(national);
    return own && !plan.trunk?.test(national) ? digits : undefined;
  }
  if (plan.trunk?.test(digits) || plan.international.test(digits)) return undefined;
  if (plan.national.test(digits)) return `+${plan.callingCode}${digits}`;
  const rest = digits.startsWith(plan.callingCode) ? digits.slice(plan.callingCode.length) : '';
  return rest !== '' && plan.national.test(rest) && !plan.trunk?.test(rest) ? `+${digits}` : undefined;
}

const TWO_NUMBERS = /\d[^\d]*(?:[/,;|&\n]|\bor\b)[^\d]*\d/i;

/**
 * One phone number as E.164, valid for its country by the numbering plans of libphonenumber. `country` is where numbers
 * without + are at home.
 */
export function normalisePhone(text: string, country: string | undefined): ParsedPhone {
  // the library does not read (+65) 9123 4567
  const trimmed = text.trim().replace(/^\((\+\d{1,3})\)/, '$1');
  const plan = country ? planOf(country) : null;
  const fast = plan ? fastPhone(trimmed, plan) : undefined;
  if (fast) return { ok: true, phone: fast };
  if (TWO_NUMBERS.test(trimmed)) {
    return { ok: false, code: 'phone_multiple', message: 'holds more than one number' };
  }
  const defaultCountry = country && isSupportedCountry(country) ? country : undefined;
  const parsed = parsePhoneNumberFromString(trimmed, { defaultCountry, extract: false });
  if (parsed?.isValid()) return { ok: true, phone: parsed.number };
  const where = defaultCountry ? ` in ${defaultCountry} or with a country code` : ' with a country code such as +65';
  return { ok: false, code: 'phone_invalid', message: `is not a phone number${where}` };
}
