import type { ImportField } from './import';

/** What a column name says: the field, and how surely; where two columns say the same the surer one is taken. */
export interface NamedField {
  field: ImportField;
  /** 0 is exact; 1 may also mean something near, such as any phone beside the mobile one. */
  rank: 0 | 1;
}

/**
 * Names that columns have in the files of English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Indonesian
 * and Malay, Chinese and Japanese systems; as `keyOfHeader` writes them: no accents, no blanks. A name that means one thing
 * here and another there (名字, apelido), or a whole name in one cell (姓名, nama), is left out on purpose.
 */
const NAMES: readonly [ImportField, NamedField['rank'], string][] = [
  [
    'email',
    0,
    `email emailaddress emailid mail mailaddress primaryemail
     emailadresse mailadresse emailkontakt adressemail adresseemail adresseelectronique courriel adressecourriel
     correo correoelectronico direcciondecorreo direccioncorreo direcciondecorreoelectronico direccionemail
     indirizzoemail indirizzomail postaelettronica indirizzodipostaelettronica
     enderecodeemail enderecoemail correioeletronico correioelectronico emailadres mailadres adresemail adresmailowy
     alamatemail alamatemel emel surel alamatsurel
     邮箱 电子邮箱 电子邮件 邮件地址 邮箱地址 电子邮件地址 电邮 電郵 電郵地址 電子郵件 電子郵箱 電子郵件地址
     メール メールアドレス eメール eメールアドレス 電子メール`,
  ],
  [
    'phone',
    0,
    `mobile mobilephone mobilenumber mobileno mobilephonenumber cell cellphone cellnumber cellphonenumber handphone handphoneno
     handphonenumber hp hpno hpnumber msisdn
     handy handynummer handynr mobil mobiltelefon mobiltelefonnummer mobilnummer mobilnr mobilfunk mobilfunknummer
     portable telephoneportable telportable telmobile telephonemobile numerodeportable numeroportable numerodemobile gsm
     movil telefonomovil telmovil numerodemovil celular telefonocelular numerodecelular numerocelular
     cellulare telefonocellulare numerodicellulare numerocellulare
     telemovel numerodetelemovel ntelemovel
     mobiel mobielnummer mobieletelefoon mobieltelefoonnummer mobieletelefoonnummer gsmnummer
     komorka telefonkomorkowy numerkomorki numertelefonukomorkowego telkomorkowy
     nohp nomorhp nohandphone nomorhandphone nomorponsel ponsel telefonbimbit notelefonbimbit nombortelefonbimbit
     手机 手机号 手机号码 移动电话 手機 手機號碼 行動電話 携帯 携帯番号 携帯電話 携帯電話番号`,
  ],
  [
    'phone',
    1,
    `phone phonenumber phoneno tel telno telnumber telephone telephonenumber telephoneno
     telefon telefonnummer telefonnr telnr rufnummer
     numerodetelephone notelephone numtel numerotel numerotelephone ntelephone ndetelephone
     telefono numerodetelefono numerotelefono numerotelefonico ntelefono numeroditelefono
     telefone numerodetelefone numerotelefone
     telefoon telefoonnummer telefoonnr numertelefonu nrtelefonu nrtel
     telepon nomortelepon notelepon notelp nomortelefon nombortelefon notelefon notel
     电话 电话号码 联系电话 電話 電話號碼 聯絡電話 電話番号 お電話番号`,
  ],
  [
    'first_name',
    0,
    `firstname givenname forename fname vorname prenom prenoms nombredepila primernombre nombres
     primeironome nomeproprio nomedebattesimo voornaam roepnaam imie imiona namadepan namapertama 名`,
  ],
  [
    'last_name',
    0,
    `lastname familyname surname lname nachname familienname zuname nomdefamille nomfamille apellido apellidos
     cognome sobrenome ultimonome nomedefamilia achternaam familienaam nazwisko namabelakang namakeluarga namaakhir
     姓 姓氏 苗字`,
  ],
  [
    'language',
    0,
    `language lang locale preferredlanguage sprache bevorzugtesprache korrespondenzsprache langue languepreferee
     idioma idiomapreferido lingua linguapreferita taal voorkeurstaal jezyk preferowanyjezyk bahasa bahasapilihan
     语言 語言 言語 使用言語`,
  ],
  [
    'time_zone',
    0,
    `timezone tz ianazone zeitzone fuseauhoraire zonahoraria husohorario fusoorario fusohorario tijdzone strefaczasowa
     zonawaktu 时区 時區 タイムゾーン`,
  ],
  [
    'external_id',
    0,
    `kundennummer kundennr kdnr kundenid mitgliedsnummer mitgliedsnr
     numeroclient numerodeclient numclient nclient ndeclient noclient idclient codeclient referenceclient refclient
     numerodecliente numerocliente ncliente nocliente idcliente clienteid codigocliente codigodecliente
     codigodocliente numerodocliente iddocliente
     codicecliente numerodicliente codcliente klantnummer klantnr klantid lidnummer
     numerklienta nrklienta idklienta kodklienta nomorpelanggan nopelanggan idpelanggan kodepelanggan nomborpelanggan
     客户编号 客户号 客户id 会员号 会员编号 客戶編號 客戶號 會員編號
     顧客番号 顧客id 顧客コード 会員番号 会員id お客様番号 得意先コード`,
  ],
  [
    'email_consent',
    0,
    `emaileinwilligung einwilligungemail newslettereinwilligung werbeeinwilligungemail consentementemail optinemail
     consentementnewsletter consentimientoemail consentimientocorreo consensoemail consensomail consensonewsletter
     consentimentoemail consentimentodeemail toestemmingemail emailtoestemming zgodaemail zgodanaemail zgodanewsletter
     persetujuanemail izinemail 邮件同意 同意接收邮件 電郵同意 メール同意 メール配信同意 メール許諾`,
  ],
  [
    'sms_consent',
    0,
    `smseinwilligung einwilligungsms werbeeinwilligungsms consentementsms optinsms consentimientosms consensosms
     consentimentosms toestemmingsms smstoestemming zgodasms zgodanasms persetujuansms izinsms 短信同意 同意接收短信
     簡訊同意 sms同意 sms配信同意`,
  ],
  [
    'do_not_market',
    0,
    `donotmarket donotcontact dnm nomarketing keinewerbung werbesperre werbeverbot nepascontacter nepasdemarcher nocontactar
     noncontattare naocontatar naocontactar nietbenaderen niekontaktowac jangandihubungi janganhubungi
     请勿联系 勿扰 請勿聯絡 連絡不可 dm不可`,
  ],
];

const BY_KEY: ReadonlyMap<string, NamedField> = new Map(
  NAMES.flatMap(([field, rank, names]) => names.split(/\s+/).map((name) => [keyOfHeader(name), { field, rank }])),
);

/** English puts its words together in more ways than a list holds. */
const ENGLISH: readonly [ImportField, NamedField['rank'], RegExp][] = [
  ['email_consent', 0, /^(?:e?mail|newsletter)(?:consent|optin|permission|subscribed)$|^(?:consent|optin)e?mail$/],
  ['sms_consent', 0, /^(?:sms|text|mobile|phone)(?:consent|optin|permission)$|^(?:consent|optin)(?:sms|text)$/],
  [
    'external_id',
    0,
    /^(?:customer|client|account|subscriber|contact|crm|external|member|user)(?:no|number|id|nr|ref|key)$/,
  ],
  ['external_id', 1, /^(?:no|number|id|nr|ref|key)$/],
];

/** A column name as it is compared: without accents, case, blanks and punctuation, in any script. */
export function keyOfHeader(header: string): string {
  return header
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** The field a column name stands for, whatever else the file has; null where it says none, or may say several. */
export function fieldOfHeader(header: string): NamedField | null {
  const key = keyOfHeader(header);
  const english = ENGLISH.find(([, , pattern]) => pattern.test(key));
  return BY_KEY.get(key) ?? (english ? { field: english[0], rank: english[1] } : null);
}

/** Names of a person's name that mean the other half where one half has a column of its own. */
const HALF_NAMES: Readonly<Record<string, readonly ('first_name' | 'last_name')[]>> = {
  name: ['last_name', 'first_name'],
  nom: ['last_name'],
  naam: ['last_name'],
  nome: ['first_name'],
  nombre: ['first_name'],
};

/** Which half of a name a column holds, given that the other half has a column; null where it may be the whole. */
export function halfName(header: string, other: 'first_name' | 'last_name'): 'first_name' | 'last_name' | null {
  const half = other === 'first_name' ? 'last_name' : 'first_name';
  return HALF_NAMES[keyOfHeader(header)]?.includes(half) ? half : null;
}

/** Whether a header names its column at all: empty ones and `Column 3` do not. */
export function saysNothing(header: string): boolean {
  return /^(?:(?:column|col|field|f|c|unnamed|spalte|feld|colonne|champ|columna|campo|colonna|coluna|kolom|veld|kolumna|pole|lajur|medan|列|字段|項目)?\d*)$/.test(
    keyOfHeader(header),
  );
}
