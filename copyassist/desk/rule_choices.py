"""The facade's part for rules: packs on and off, words brought, and what the writer does not want to hear."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from copyassist.desk.rules import Rules, list_packs
from copyassist.errors import UsageError
from copyassist.ground import Ground
from copyassist.packs import ReadWords, read_words
from copyassist.reading.zones import CHINA
from copyassist.types import Account, Exemption, Finding, OwnPack, Severity

TWICE = 2  # as often as a hint is ignored before silence is offered


def _today() -> date:
    return datetime.now(UTC).astimezone(CHINA).date()


class RuleChoices:
    """Which rules hold for which account. `clock` gives today's date."""

    def __init__(self, ground: Ground, *, clock: Callable[[], date] = _today) -> None:
        self._ground = ground
        self._today = clock

    def rules(self, account: Account | str | None) -> Rules:
        """What drafts of an account are asked; packs that are off for all are off for each."""
        name = _name(account)
        settings = self._ground.settings
        off = {*settings.packs_off.get("", ()), *settings.packs_off.get(name, ())}
        old = tuple(Exemption(rule=key) for key in settings.ignored)
        mine = tuple(one for one in settings.exemptions if one.holds_for(name))
        return Rules(frozenset(off), (*old, *mine), tuple(self._ground.packs.values()))

    # --- packs -----------------------------------------------------------------------------------

    def own_packs(self) -> dict[str, OwnPack]:
        """The packs that the user brought, by id."""
        return dict(self._ground.packs)

    def is_off(self, id: str, account: str = "") -> bool:
        """Whether a pack is switched off for an account itself, "" for all."""
        return id in self._ground.settings.packs_off.get(account, ())

    def switch(self, ids: Sequence[str], account: str = "", *, on: bool) -> None:
        """Switches packs on or off for an account, "" for all. Raises UsageError pack_unknown."""
        known = list_packs(self.rules(account))
        for id in ids:
            if id not in known:
                raise UsageError("pack_unknown", name=id, known=" ".join(known))
        before = self._ground.settings.packs_off
        kept = set(before.get(account, ()))
        kept = kept - set(ids) if on else kept | set(ids)
        changed = {**before, account: tuple(sorted(kept))}
        self._ground.change_settings(packs_off={name: one for name, one in changed.items() if one})

    def import_words(self, name: str, data: bytes, file: str) -> tuple[OwnPack, ReadWords]:
        """Keeps a list of words as a pack of hints, and what it came to."""
        read = read_words(data, file)
        return self._ground.add_pack(name, read.words, self._today()), read

    def remove_pack(self, id: str) -> None:
        """Deletes a pack that the user brought. Raises UsageError pack_unknown."""
        self._ground.remove_pack(id)

    # --- exemptions ------------------------------------------------------------------------------

    def exemptions(self) -> tuple[Exemption, ...]:
        """All that is exempt, the oldest first; rules of earlier versions come without a word."""
        settings = self._ground.settings
        return (*(Exemption(rule=key) for key in settings.ignored), *settings.exemptions)

    def exempt(self, exemption: Exemption) -> Exemption:
        """Keeps an exemption, in the place of one of the same rule, word and account.

        Raises UsageError exemption_empty for a word of nothing.
        """
        kept = replace(
            exemption,
            word=" ".join(exemption.word.split()),
            reason=" ".join(exemption.reason.split()),
            since=exemption.since or self._today(),
        )
        if not kept.rule and not kept.word:
            raise UsageError("exemption_empty")
        others = [one for one in self._ground.settings.exemptions if not _is_same(one, kept)]
        self._ground.change_settings(exemptions=(*others, kept))
        return kept

    def take_back(self, exemption: Exemption) -> None:
        """Forgets an exemption; what is not there is no mistake."""
        settings = self._ground.settings
        others = tuple(one for one in settings.exemptions if not _is_same(one, exemption))
        ignored = settings.ignored
        if exemption.rule and not exemption.account:
            ignored = tuple(key for key in ignored if key != exemption.rule)
        self._ground.change_settings(exemptions=others, ignored=ignored)

    def note_ignored(self, finding: Finding) -> bool:
        """Counts that a hint was ignored once; whether it was twice now, so that silence is offered."""
        if finding.severity is not Severity.INFO:
            return False
        times = dict(self._ground.settings.ignored_times)
        times[finding.key] = times.get(finding.key, 0) + 1
        self._ground.change_settings(ignored_times=times)
        return times[finding.key] >= TWICE

    # --- accounts --------------------------------------------------------------------------------

    def follow_rename(self, old: str, new: str) -> None:
        """What was said for an account holds for its new name; "" forgets it."""
        settings = self._ground.settings
        off = {name: ids for name, ids in settings.packs_off.items() if name != old}
        if new and old in settings.packs_off:
            off[new] = settings.packs_off[old]
        kept = tuple(
            replace(one, account=new) if one.account == old else one
            for one in settings.exemptions
            if new or one.account != old
        )
        if (off, kept) != (dict(settings.packs_off), settings.exemptions):
            self._ground.change_settings(packs_off=off, exemptions=kept)


def _name(account: Account | str | None) -> str:
    if account is None:
        return ""
    return account if isinstance(account, str) else account.name


def _is_same(one: Exemption, other: Exemption) -> bool:
    return (one.rule, one.account) == (other.rule, other.account) and (
        bool(one.rule) or one.word == other.word
    )
