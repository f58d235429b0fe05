/* What the page says, in English and Turkish. Start reading at `t`. */
const WORDS = {
  en: {
    skip: "Skip to the changes", view_groups: "Changes", view_inline: "Inline", view_side: "Side by side", view_summary: "Summary",
    undo: "Undo (u)", redo: "Redo (U)", language: "Türkçe", theme: "Light or dark (t)", help: "Keys and help (?)", load: "Load", save: "Save decisions",
    load_tip: "Load a decisions file", save_tip: "Save a decisions file (s)", views: "View",
    filters: "Filters", search: "Search words and lines", bands: "How sure", decisions: "Decision", sources: "File", pages: "Page", rules: "Confusion",
    page_from: "From page", page_to: "To page", clear: "Clear all filters", more: "Show all {n}", fewer: "Show fewer", all_files: "All files",
    group_by: "Group by", order: "Order", by_word: "word", by_rule: "confusion", by_page: "page", by_none: "nothing",
    order_often: "most frequent", order_doubt: "least certain", order_text: "as in the text", accept_shown: "Accept all shown",
    empty: "Nothing matches these filters.", changes: "Changes", detail: "The change at hand", no_rule: "no confusion named",
    sure: "sure", likely: "likely", doubtful: "doubtful", left: "left alone",
    sure_tip: "applied, 95% or more", likely_tip: "applied, below 95%", doubtful_tip: "proposed, not applied", left_tip: "suspicious, no proposal",
    none: "undecided", accept: "accepted", reject: "rejected", edit: "edited",
    do_accept: "Accept", do_reject: "Reject", do_edit: "Edit", do_clear: "Forget the decision", group_accept: "Accept all {n}", group_reject: "Reject all {n}",
    times: "{n} times", on_pages: "on {n} pages", where: "page {page}, line {line}", where_short: "p. {page} · {line}", line_only: "line {line}",
    page: "Page {n}", confidence: "Confidence", because: "Confusion", rivals: "Rivals", as_read: "as read", note: "Note", note_hint: "A note for yourself or the next reviewer",
    read: "Read", printed: "Restored", picture: "The word in the scan", save_edit: "Keep", cancel: "Cancel", edit_hint: "What was printed?",
    shown: "{n} of {all} changes", shown_all: "{all} changes", shown_groups: "{n} groups", progress: "{done} of {all} decided · {percent}",
    did_accept: "{n} accepted", did_reject: "{n} rejected", did_edit: "{n} edited", did_none: "{n} undecided again", undone: "Undone", redone: "Done again",
    nothing_undo: "Nothing to undo", saved: "Decisions saved: {n}", loaded: "Decisions loaded: {n}", loaded_some: "Decisions loaded: {n}; {odd} do not fit this log",
    not_decisions: "This is not a decisions file of Onar", other_source: "These decisions belong to another source: {source}", no_undecided: "Nothing is undecided any more",
    no_store: "This browser keeps nothing for files opened from disk: save your decisions before closing.",
    keys: "Keys", k_next: "next, previous", k_undecided: "next undecided", k_accept: "accept", k_reject: "reject", k_edit: "edit", k_clear: "forget the decision",
    k_group: "accept, reject the whole group", k_rival: "take a rival", k_undo: "undo, redo", k_open: "open or close the group", k_search: "search", k_view: "next view",
    k_save: "save the decisions", k_theme: "light or dark", k_note: "write a note", k_help: "this page", k_ends: "first, last", k_page: "a screenful",
    help_1: "Sure changes were applied, doubtful ones only proposed. Undecided changes stay as the engine left them.",
    help_2: "Your decisions stay in this browser; save them as a file and run: onar apply SOURCE LOG --decisions FILE",
    close: "Close", h_move: "move", h_group: "the group", h_more: "all keys", decided_table: "Rejected and edited by the reviewer", decided_none: "Nothing was rejected or edited.", t_word: "Read", t_engine: "Proposed", t_person: "Decision", t_where: "Where", t_note: "Note",
    made_from: "Source", changes_in_all: "Changes", chart_rules: "Which confusions occurred", chart_sure: "How sure the changes are", chart_groups: "Most frequent changes", and_more: "and {n} more",
    left_word: "left as read", print: "Print this summary", reading: "{before} read, {after} proposed",
  },
  tr: {
    skip: "Değişikliklere geç", view_groups: "Değişiklikler", view_inline: "Satır içinde", view_side: "Yan yana", view_summary: "Özet",
    undo: "Geri al (u)", redo: "Yinele (U)", language: "English", theme: "Açık ya da koyu (t)", help: "Tuşlar ve yardım (?)", load: "Aç", save: "Kararları kaydet",
    load_tip: "Karar dosyası aç", save_tip: "Karar dosyası kaydet (s)", views: "Görünüm",
    filters: "Süzgeçler", search: "Sözcük ve satırlarda ara", bands: "Güven", decisions: "Karar", sources: "Dosya", pages: "Sayfa", rules: "Karıştırma",
    page_from: "İlk sayfa", page_to: "Son sayfa", clear: "Bütün süzgeçleri kaldır", more: "Tümünü göster ({n})", fewer: "Daha az göster", all_files: "Bütün dosyalar",
    group_by: "Öbekle", order: "Sırala", by_word: "sözcük", by_rule: "karıştırma", by_page: "sayfa", by_none: "öbeksiz",
    order_often: "en sık", order_doubt: "en kuşkulu", order_text: "metindeki gibi", accept_shown: "Görünenlerin hepsini onayla",
    empty: "Bu süzgeçlere uyan bir şey yok.", changes: "Değişiklikler", detail: "Eldeki değişiklik", no_rule: "karıştırma belirtilmemiş",
    sure: "kesin", likely: "olası", doubtful: "kuşkulu", left: "dokunulmadı",
    sure_tip: "uygulandı, %95 ve üstü", likely_tip: "uygulandı, %95’in altı", doubtful_tip: "önerildi, uygulanmadı", left_tip: "kuşkulu, öneri yok",
    none: "kararsız", accept: "onaylandı", reject: "reddedildi", edit: "düzeltildi",
    do_accept: "Onayla", do_reject: "Reddet", do_edit: "Düzelt", do_clear: "Kararı unut", group_accept: "Hepsini onayla ({n})", group_reject: "Hepsini reddet ({n})",
    times: "{n} kez", on_pages: "{n} sayfada", where: "sayfa {page}, satır {line}", where_short: "s. {page} · {line}", line_only: "satır {line}",
    page: "Sayfa {n}", confidence: "Güven", because: "Karıştırma", rivals: "Rakipler", as_read: "okunduğu gibi", note: "Not", note_hint: "Kendinize ya da sonraki okura bir not",
    read: "Okunan", printed: "Onarılan", picture: "Taramadaki sözcük", save_edit: "Tamam", cancel: "Vazgeç", edit_hint: "Basılı olan neydi?",
    shown: "{all} değişikliğin {n} tanesi", shown_all: "{all} değişiklik", shown_groups: "{n} öbek", progress: "{all} değişikliğin {done} tanesi karara bağlandı · {percent}",
    did_accept: "{n} onaylandı", did_reject: "{n} reddedildi", did_edit: "{n} düzeltildi", did_none: "{n} yeniden kararsız", undone: "Geri alındı", redone: "Yinelendi",
    nothing_undo: "Geri alınacak bir şey yok", saved: "Kaydedilen karar: {n}", loaded: "Açılan karar: {n}", loaded_some: "Açılan karar: {n}; {odd} karar bu günlüğe uymuyor",
    not_decisions: "Bu bir Onar karar dosyası değil", other_source: "Bu kararlar başka bir kaynağın: {source}", no_undecided: "Kararsız değişiklik kalmadı",
    no_store: "Bu tarayıcı diskten açılan sayfalar için bir şey saklamıyor: kapatmadan önce kararlarınızı kaydedin.",
    keys: "Tuşlar", k_next: "sonraki, önceki", k_undecided: "sonraki kararsız", k_accept: "onayla", k_reject: "reddet", k_edit: "düzelt", k_clear: "kararı unut",
    k_group: "bütün öbeği onayla, reddet", k_rival: "rakibi al", k_undo: "geri al, yinele", k_open: "öbeği aç ya da kapat", k_search: "ara", k_view: "sonraki görünüm",
    k_save: "kararları kaydet", k_theme: "açık ya da koyu", k_note: "not yaz", k_help: "bu sayfa", k_ends: "ilk, son", k_page: "bir ekran boyu",
    help_1: "Kesin değişiklikler uygulandı, kuşkulular yalnızca önerildi. Kararsız bırakılanlar programın bıraktığı gibi kalır.",
    help_2: "Kararlarınız bu tarayıcıda durur; dosyaya kaydedip şunu çalıştırın: onar apply KAYNAK GÜNLÜK --decisions DOSYA",
    close: "Kapat", h_move: "gez", h_group: "öbek", h_more: "bütün tuşlar", decided_table: "Okurun reddettikleri ve düzelttikleri", decided_none: "Reddedilen ya da düzeltilen yok.", t_word: "Okunan", t_engine: "Önerilen", t_person: "Karar", t_where: "Yer", t_note: "Not",
    made_from: "Kaynak", changes_in_all: "Değişiklik", chart_rules: "Hangi karıştırmalar oldu", chart_sure: "Değişiklikler ne kadar güvenli", chart_groups: "En sık değişiklikler", and_more: "ve {n} tane daha",
    left_word: "okunduğu gibi kaldı", print: "Bu özeti yazdır", reading: "okunan {before}, önerilen {after}",
  },
};

let tongue = "en";

/** The sentence `key` in the language of the page, with `{names}` filled in. */
const t = (key, values = {}) =>
  (WORDS[tongue][key] ?? WORDS.en[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));

const formats = { en: new Intl.NumberFormat("en"), tr: new Intl.NumberFormat("tr") };
const number = (n) => formats[tongue].format(n);
const percent = (p) => {
  const n = Math.floor(p * 100 + 1e-9);
  return tongue === "tr" ? `%${n}` : `${n}%`;
};

/** Put the language of the page on every element that names its words. */
function translate() {
  document.documentElement.lang = tongue;
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-place]")) node.placeholder = t(node.dataset.place);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", t(node.dataset.label));
  for (const node of document.querySelectorAll("[data-tip]")) {
    node.title = t(node.dataset.tip);
    node.setAttribute("aria-label", t(node.dataset.tip));
  }
}
