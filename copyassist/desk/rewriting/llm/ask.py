"""Asks the service, through the official client: one question, streamed, within time and tokens."""

from time import monotonic
from typing import Any

from copyassist.desk.rewriting.llm.request import Request
from copyassist.desk.rewriting.llm.service import Service
from copyassist.errors import CopyAssistError, InputError, SettingsError

LONGEST = 40_000  # characters of an answer that are taken


def fetch_answer(service: Service, request: Request, *, temperature: float = 0.8) -> str:
    """The service's answer as text. Raises SettingsError or InputError with a sentence for each end.

    Nothing but `request` is sent. Tools are never offered, and a call of one is not followed.
    """
    try:
        import openai
    except ImportError:
        raise SettingsError("llm_not_installed") from None
    client = openai.OpenAI(
        base_url=service.base_url,
        api_key=service.key,
        timeout=service.seconds,
        max_retries=1,
    )
    try:
        with client:
            return _read_stream(client, service, request, temperature)
    except CopyAssistError:
        raise
    except openai.APITimeoutError:
        raise InputError("llm_slow", seconds=f"{service.seconds:g}") from None
    except (openai.AuthenticationError, openai.PermissionDeniedError):
        raise SettingsError("llm_refused") from None
    except openai.APIStatusError as error:
        raise InputError("llm_status", status=error.status_code) from None
    except Exception as error:  # the client's own, and what its transport raises in the middle
        reason = type(error).__name__
        code = "llm_slow" if "Timeout" in reason else "llm_failed"
        raise InputError(code, reason=reason, seconds=f"{service.seconds:g}") from None


def _read_stream(client: Any, service: Service, request: Request, temperature: float) -> str:
    end = monotonic() + service.seconds
    stream = client.chat.completions.create(
        model=service.model,
        messages=[
            {"role": "system", "content": request.rules},
            {"role": "user", "content": request.material},
        ],
        temperature=temperature,
        max_tokens=service.tokens,
        stream=True,
    )
    parts: list[str] = []
    size = 0
    with stream:
        for chunk in stream:
            if monotonic() > end:
                raise InputError("llm_slow", seconds=f"{service.seconds:g}")
            choices = getattr(chunk, "choices", None) or []
            piece = getattr(choices[0].delta, "content", None) if choices else None
            if isinstance(piece, str):
                parts.append(piece)
                size += len(piece)
            # A server may send more than was asked for: what fits is kept, and the line closed.
            if size > min(LONGEST, 8 * service.tokens):
                break
    text = "".join(parts)
    if not text.strip():
        raise InputError("llm_empty")
    return text
