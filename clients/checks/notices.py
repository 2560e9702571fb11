"""What the product sends to channels, as its tests hold it, against the channels' own libraries and schemas.

Nothing is sent: the golden files of Tests/NotificationsTests are what the product sends.
"""

import base64
import datetime
import importlib.resources
import json
import pathlib

import jsonschema
from azure.communication.email import EmailClient
from azure.core.credentials import AccessToken
from azure.core.pipeline.transport import RequestsTransport
from slack_sdk.models.blocks import Block
from standardwebhooks import Webhook

from .report import Checks, equal, true

check = Checks()
GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "Tests/NotificationsTests/Golden"


def golden(kind):
    """The documents of one kind, by the name of the notice."""
    found = {path.stem.removeprefix(f"{kind}-"): json.loads(path.read_text()) for path in sorted(GOLDEN.glob(f"{kind}-*.json"))}
    found = {name: document for name, document in found.items() if not name.startswith("signed-")}
    true(len(found) >= 5, f"there are messages of the kind {kind}")
    return found


@check("standardwebhooks arrives at the same signature")
def _(_azure):
    secret = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()
    for name, message in golden("webhook-signed").items():
        at = datetime.datetime.fromtimestamp(int(message["webhook-timestamp"]), datetime.timezone.utc)
        signature = Webhook(secret).sign(message["webhook-id"], at, message["body"])
        equal(message["webhook-signature"], signature, f"signature of {name}")
        equal(json.loads(message["body"])["id"], message["webhook-id"], f"id of {name}")


@check("Slack's models take every block, and know every member of it")
def _(_azure):
    for name, message in golden("slack").items():
        equal(set(message) - {"text", "blocks"}, set(), f"members of {name} that no incoming webhook has")
        for block in message["blocks"]:
            parsed = Block.parse(block)
            true(parsed is not None, f"the block {block['type']} of {name} is known")
            parsed.validate_json()
            equal(parsed.to_dict(), block, f"block of {name}")


@check("the schema of adaptive cards takes every card")
def _(_azure):
    schema = json.loads((importlib.resources.files("adaptive_cards") / "schemas/schema-1.4.json").read_text(encoding="utf-8-sig"))
    for name, message in golden("teams").items():
        equal(message["type"], "message", f"type of {name}")
        for attachment in message["attachments"]:
            equal(attachment["contentType"], "application/vnd.microsoft.card.adaptive", f"kind of {name}")
            card = dict(attachment["content"])
            # What only Teams heeds is not in the schema of the cards.
            equal(card.pop("msteams"), {"width": "Full"}, f"what only Teams heeds of {name}")
            jsonschema.Draft6Validator(schema).validate(card)
        broken = {"type": "AdaptiveCard", "version": "1.4", "body": [{"type": "TextBlok", "text": 1}]}
        true(list(jsonschema.Draft6Validator(schema).iter_errors(broken)), "the schema refuses what is no card")


class Recording(RequestsTransport):
    """Takes the request in place of the network."""

    def send(self, request, **kwargs):
        self.request = request
        raise ConnectionError("recorded")


class Fixed:
    """A credential that remembers what it was asked for."""

    def get_token(self, *scopes, **kwargs):
        self.scopes = scopes
        return AccessToken(f"token-for-{scopes[0].removesuffix('/.default')}", 4102444800)


@check("azure-communication-email sends the same request")
def _(_azure):
    for name, message in golden("email").items():
        recording = Recording()
        client = EmailClient(
            "https://contoso.europe.communication.azure.com",
            Fixed(),
            api_version="2023-03-31",
            transport=recording,
            retry_total=0,
        )
        try:
            client.begin_send(message["body"], operation_id=message["operationId"])
        except ConnectionError:
            pass
        request = recording.request
        equal((message["method"], message["url"]), (request.method, request.url), f"call of {name}")
        equal(message["body"], json.loads(request.body), f"body of {name}")
        headers = {key.lower(): value for key, value in request.headers.items()}
        equal(message["operationId"], headers["operation-id"], f"id of {name}")
        equal(message["contentType"], headers["content-type"], f"content of {name}")
        equal(message["authorization"], headers["authorization"], f"token of {name}")


check.run(None)
