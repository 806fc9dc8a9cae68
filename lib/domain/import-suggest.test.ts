import { describe, expect, it } from 'vitest';
import { parseBoolean } from './attribute';
import { suggestMapping, suggestType } from './import-suggest';

/** Column name → the field it is taken for, or `-` where it stays an attribute or is left to a person. */
function fieldsOf(columns: string[], rows: string[][] = []): string[] {
  return suggestMapping(columns, rows, []).map(({ target }) => (target.kind === 'field' ? target.field : '-'));
}

const typical = ['external_id', 'first_name', 'last_name', 'email', 'phone', 'language'];

describe('columns are recognised by the names they have in', () => {
  it.each([
    ['English', 'Customer No.|First Name|Last Name|E-mail Address|Mobile Number|Language'],
    ['English, as a database has it', 'customer_id|firstName|lastName|emailAddress|msisdn|preferred_language'],
    ['German', 'Kundennummer|Vorname|Nachname|E-Mail-Adresse|Mobiltelefon|Sprache'],
    ['German, from an accounting system', 'Kd-Nr.|Vorname|Name|EMail|Handy-Nr.|Korrespondenzsprache'],
    ['French', 'N° client|Prénom|Nom|Courriel|Téléphone portable|Langue'],
    ['French, in capitals', 'CODE CLIENT|PRENOM|NOM DE FAMILLE|ADRESSE E-MAIL|TEL. PORTABLE|LANGUE'],
    ['Spanish', 'Número de cliente|Nombre|Apellidos|Correo electrónico|Teléfono móvil|Idioma'],
    ['Spanish of America', 'ID Cliente|Nombres|Apellido|Correo|Celular|Idioma'],
    ['Italian', 'Codice cliente|Nome|Cognome|Indirizzo e-mail|Cellulare|Lingua'],
    ['Portuguese', 'Código do cliente|Nome|Sobrenome|E-mail|Telemóvel|Idioma'],
    ['Dutch', 'Klantnummer|Voornaam|Achternaam|E-mailadres|Mobiel nummer|Taal'],
    ['Polish', 'Numer klienta|Imię|Nazwisko|Adres e-mail|Telefon komórkowy|Język'],
    ['Indonesian', 'ID Pelanggan|Nama Depan|Nama Belakang|Alamat Email|No. HP|Bahasa'],
    ['Malay', 'No. Pelanggan|Nama Pertama|Nama Akhir|Emel|No. Telefon Bimbit|Bahasa'],
    ['Chinese', '客户编号|名|姓|电子邮箱|手机号码|语言'],
    ['Chinese, traditional', '客戶編號|名|姓氏|電子郵件|手機號碼|語言'],
    ['Japanese', '顧客番号|名|姓|メールアドレス|携帯電話番号|言語'],
  ])('%s', (_, header) => {
    expect(fieldsOf(header.split('|'))).toEqual(typical);
  });

  it('consent and objections too', () => {
    const header = 'Newsletter Einwilligung|Zgoda na SMS|Keine Werbung|Consenso e-mail|Ne pas contacter';
    expect(fieldsOf(header.split('|').slice(0, 3))).toEqual(['email_consent', 'sms_consent', 'do_not_market']);
    expect(fieldsOf(header.split('|').slice(3))).toEqual(['email_consent', 'do_not_market']);
    expect(fieldsOf(['Fuseau horaire', 'Consent SMS'])).toEqual(['time_zone', 'sms_consent']);
  });
});

describe('what may mean several things is left to a person', () => {
  it.each([
    ['a whole name', '姓名|氏名|Nama|Imię i nazwisko|Name'],
    ['a name that is first or last by the country', '名字|Apelido|Nome|Nom|Nombre|Naam'],
    ['other words', 'Titel|Straße|PLZ|Stadt|Stato|Note|Mailing Street|Name of pet'],
  ])('%s', (_, header) => {
    for (const column of header.split('|')) expect([column, fieldsOf([column])]).toEqual([column, ['-']]);
  });

  it('two columns that say the same', () => {
    expect(fieldsOf(['E-Mail', 'Mailadresse', 'Vorname'])).toEqual(['-', '-', 'first_name']);
    expect(fieldsOf(['Customer No', 'Account No'])).toEqual(['-', '-']);
  });

  it('except that the surer one is taken: the mobile number, and the number of the customer', () => {
    expect(fieldsOf(['Telefon', 'Handy'])).toEqual(['-', 'phone']);
    expect(fieldsOf(['ID', 'Kundennummer'])).toEqual(['-', 'external_id']);
    expect(fieldsOf(['Tel. bureau', 'Téléphone'])).toEqual(['-', 'phone']);
  });
});

describe('what is in a column decides', () => {
  it('where its name says nothing', () => {
    const rows = [
      ['a@example.com', '+65 9123 4567', '2026-01-31', 'ja', '12'],
      ['b@example.com', '0049 170 1234567', '2026-02-28', 'nein', '7'],
      ['c@example.com', '+44 7700 900123', '2026-03-01', 'ja', '3'],
    ];
    expect(fieldsOf(['Column 1', 'Column 2', 'Column 3', 'Column 4', 'Column 5'], rows)).toEqual([
      'email',
      'phone',
      '-',
      '-',
      '-',
    ]);
    const types = suggestMapping(['', 'Spalte 2', 'Feld 3', 'f4', 'Champ 5'], rows, []).map(({ target }) =>
      target.kind === 'attribute' ? target.type : '',
    );
    expect(types).toEqual(['', '', 'date', 'boolean', 'number']);
  });

  it('but never that digits are a phone, which may be anything', () => {
    expect(fieldsOf(['Column 1'], [['91234567'], ['91234568'], ['91234569']])).toEqual(['-']);
  });

  it('against a name, when none of it fits', () => {
    expect(fieldsOf(['Mobile'], [['yes'], ['no'], ['yes']])).toEqual(['-']);
    expect(fieldsOf(['Sprache'], [['Deutsch'], ['Français'], ['Deutsch']])).toEqual(['-']);
    expect(fieldsOf(['Sprache'], [['de'], ['fr-CH'], ['de']])).toEqual(['language']);
    expect(fieldsOf(['No.'], [['1'], ['2'], ['3'], ['4']])).toEqual(['-']);
    expect(fieldsOf(['No.'], [['1042'], ['1107'], ['1043']])).toEqual(['external_id']);
    // some of it is enough: a file may have mistakes
    expect(fieldsOf(['E-Mail'], [['not an email'], ['b@example.com'], ['??']])).toEqual(['email']);
  });
});

describe('yes and no', () => {
  it('are read in the languages whose columns are', () => {
    const yes = ['ja', 'Oui', 'sí', 'sì', 'SIM', 'tak', 'ya', '是', 'はい', 'Yes'];
    const no = ['nein', 'non', 'não', 'nao', 'nie', 'nee', 'tidak', '否', 'いいえ', 'NO'];
    expect(yes.map(parseBoolean)).toEqual(yes.map(() => true));
    expect(no.map(parseBoolean)).toEqual(no.map(() => false));
    expect(['vielleicht', '', 'nunca'].map(parseBoolean)).toEqual([null, null, null]);
    expect(suggestType(['oui', 'non', 'oui'])).toBe('boolean');
    expect(suggestType(['y', 'n', 'y'])).toBe('text');
  });
});
