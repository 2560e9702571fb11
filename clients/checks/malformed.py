"""Requests that are broken in every way that a seed finds: none is answered with 5xx, all in the service's own form."""

import base64
import collections
import json
import random
import ssl
import xml.etree.ElementTree

from .emulator import running
from .raw import Connection
from .report import Checks, Unexpected, equal, true
from .sdk import attach, credential
from .world import Issuer, world

check = Checks()
SEED = 20261124
ROUNDS = 1500

METHODS = ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get", "M-SEARCH"]
SEGMENTS = [
    "", ".", "..", "%", "%zz", "%00", "%ff%fe", "%2e%2e%2f", "a" * 5000, "\xc3\xa9", "\xff", "*", "'", '"><x',
    "providers", "subscriptions", "00000000-0000-4000-8000-000000000000", "9" * 40, "%0d%0aX-Injected:%201", ";", ":",
]
PARAMETERS = [
    "", "=", "api-version", "api-version=", "api-version=%00", "api-version=2024-05-01", "api-version=9999-99-99",
    "$filter=", "$filter='", "$filter=name%20eq", "$filter=" + "%27" * 2000, "$top=-1", "$top=99999999999999999999",
    "$skiptoken=-5", "$skiptoken=9223372036854775807", "resource=%00", "resource=", "comp=list", "comp=%ff", "comp=blocklist",
    "comp=lease", "comp=batch", "comp=undelete", "comp=legalhold", "comp=immutabilityPolicies", "restype=container",
    "restype=%00", "maxresults=0", "maxresults=99999999999999999999", "marker=%ff", "marker=1!////", "include=versions,x",
    "blockid=%25", "versionid=%00", "snapshot=x", "prefix=%ff", "delimiter=%00", "timeout=-1", "deletetype=permanent",
    "sig=%ff&sv=2023-11-03&sr=b&sp=r&se=9999-99-99T99:99:99Z", "sv=0&ss=b&srt=sco&sp=rwd&sig=x", "a=b&" * 500,
]
FIELDS = [
    ("Authorization", ""), ("Authorization", "Bearer"), ("Authorization", "Bearer a.b.c"), ("Authorization", "\xff"),
    ("Authorization", "Bearer " + "." * 4000), ("Authorization", "SharedKey contosobackups:!!"),
    ("Authorization", "SharedKeyLite contosobackups:AAAA"), ("Authorization", "Basic x"),
    ("Authorization", "Bearer " + base64.b64encode(b"[" * 4000).decode() + "." + base64.b64encode(b'{"exp":1e999}').decode() + ".x"),
    ("Content-Type", ""), ("Content-Type", "multipart/mixed; boundary="), ("Content-Type", "application/xml; charset=\xff"),
    ("Content-MD5", "!"), ("Range", "bytes=5-1"), ("x-ms-range", "bytes=9223372036854775807-9223372036854775807"),
    ("x-ms-version", "banana"), ("x-ms-version", "0000-00-00"), ("x-ms-date", "Wed, 99 Foo 2026 99:99:99 GMT"),
    ("x-ms-blob-type", "Cube"), ("x-ms-lease-action", "steal"), ("x-ms-lease-duration", "99999999999999999999"),
    ("x-ms-lease-id", "zz"), ("x-ms-copy-source", "http://[::1/\xff"), ("x-ms-meta-", "x"), ("x-ms-meta-1", "\xff\xfe"),
    ("x-ms-tags", "%%%=&&"), ("x-ms-access-tier", "Lukewarm"), ("x-ms-legal-hold", "perhaps"), ("If-Match", "\xff"),
    ("x-ms-immutability-policy-until-date", "soon"), ("If-Modified-Since", "Mon, 01 Jan 9999 00:00:00 GMT"),
    ("x-ms-client-request-id", "\xff" * 2000), ("x-ms-correlation-request-id", "\xff"), ("Metadata", "maybe"),
    ("X-IDENTITY-HEADER", "\xff"), ("Accept", "\x7f"), ("Cookie", "a" * 10000), ("Origin", "\xff"), ("Expect", "42"),
    ("Access-Control-Request-Method", "\xff"),
]
BODIES = [
    b"", b"{", b"[]", b"null", b'"', b"{}", b'{"a":1e999}', b'{"a":' * 3000, b"[" * 100000, b'{"\\ud800":1}', b"\xff\xfe\x00",
    b'{"properties":[]}', b'{"properties":{"level":7}}', b'{"storageAccount":7,"containerName":null,"backupName":[]}',
    b'{"storageAccount":"' + b"a" * 3000 + b'"}', b"<", b"<a>" * 20000, b"<?xml version='1.0'?><BlockList/>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", b"<a>&#x110000;</a>", b"<Tags><TagSet><Tag><Key/></Tag></TagSet></Tags>",
    b"--a\r\n--a\r\n--a--", b"grant_type=%&client_id=%00&scope=%ff", b"&&&===", b"\x00" * 500,
    b"grant_type=client_credentials&client_id=x&scope=x&client_assertion=a.b.c&client_assertion_type=x",
]


class Service:
    """A listener, requests that are right for it, and what its refusals look like."""

    def __init__(self, name, address, token, right, complaint):
        self.name, self.address, self.token, self.right, self.complaint = name, address, token, right, complaint


def text(value):
    return isinstance(value, str) and value != ""


def management(answer):
    error = json.loads(answer.body)["error"]
    return text(error["code"]) and text(error["message"])


def authority(answer):
    document = json.loads(answer.body)
    if isinstance(document["error"], dict):  # Microsoft Graph
        return text(document["error"]["code"]) and text(document["error"]["message"])
    return text(document["error"]) and document["error_description"].startswith(("AADSTS", "The request"))


def identity(answer):
    document = json.loads(answer.body)
    return document.get("statusCode") == answer.status and text(document["message"]) or text(document["error_description"])


def storage(answer):
    root = xml.etree.ElementTree.fromstring(answer.body)
    return root.tag == "Error" and root.find("Code").text == answer.headers["x-ms-error-code"] and text(root.find("Message").text)


def services(azure):
    administrator = credential(azure)
    tokens = {each: administrator.get_token(f"{each}/.default").token for each in (azure.manager, "https://storage.azure.com")}
    instance, group, blob = azure.instance(), azure.group, f"/{azure.account}/apim-backups/a"
    scope = f"/subscriptions/{azure.subscription}"
    form = f"grant_type=client_credentials&client_id={azure.application('pipeline')['clientId']}&client_secret=x&scope={azure.manager}/.default"
    manager = [
        ("GET", f"{instance}?api-version=2024-05-01", b""), ("POST", f"{instance}/backup?api-version=2024-05-01", b"{}"),
        ("PATCH", f"{instance}?api-version=2024-05-01", b'{"tags":{}}'), ("GET", f"{instance}/operationresults/x?api-version=2024-05-01", b""),
        ("GET", f"{scope}/resources?api-version=2021-04-01&$filter=resourceType%20eq%20'x'", b""), ("GET", f"{group}?api-version=2021-04-01", b""),
        ("PUT", f"{scope}/providers/Microsoft.Authorization/locks/l?api-version=2020-05-01", b'{"properties":{"level":"x"}}'),
        ("PUT", f"{group}/providers/Microsoft.Authorization/roleAssignments/x?api-version=2022-04-01", b'{"properties":{}}'),
        ("GET", f"{scope}/providers/Microsoft.ApiManagement/deletedservices?api-version=2024-05-01", b""),
        ("POST", f"{azure.account_id}/listKeys?api-version=2023-05-01", b""), ("GET", "/metadata/endpoints?api-version=2022-09-01", b""),
    ]
    blobs = [
        ("PUT", blob, b"content"), ("GET", blob, b""), ("HEAD", blob, b""), ("DELETE", blob, b""), ("PUT", f"{blob}?comp=metadata", b""),
        ("PUT", f"{blob}?comp=lease", b""), ("PUT", f"{blob}?comp=block&blockid=AAAA", b"x"), ("PUT", f"{blob}?comp=blocklist", b"<BlockList/>"),
        ("GET", f"/{azure.account}/apim-backups?restype=container&comp=list", b""), ("POST", f"/{azure.account}?comp=batch", b"--a--"),
        ("PUT", f"/{azure.account}/?restype=service&comp=properties", b"<StorageServiceProperties/>"),
        ("POST", f"/{azure.account}/?restype=service&comp=userdelegationkey", b"<KeyInfo/>"),
    ]
    sign_in = [
        ("POST", f"/{azure.tenant}/oauth2/v2.0/token", form.encode()), ("POST", f"/{azure.tenant}/oauth2/token", form.encode()),
        ("GET", f"/{azure.tenant}/v2.0/.well-known/openid-configuration", b""), ("GET", "/graph/v1.0/servicePrincipals?$filter=x", b""),
        ("POST", "/graph/v1.0/directoryObjects/getByIds", b"{}"),
    ]
    machine = [
        ("GET", f"/msi/token?api-version=2019-08-01&resource={azure.manager}", b""),
        ("GET", f"/metadata/identity/oauth2/token?api-version=2018-02-01&resource={azure.manager}", b""),
    ]
    endpoint = azure.environment["IDENTITY_ENDPOINT"]
    return [
        Service("Resource Manager", azure.manager, tokens[azure.manager], manager, management),
        Service("Entra", azure.authority, None, sign_in, authority),
        Service("blobs over TLS", azure.blob, tokens["https://storage.azure.com"], blobs, storage),
        Service("blobs over http", azure.blob_http, tokens["https://storage.azure.com"], blobs, storage),
        Service("identity endpoint", endpoint, None, machine, identity),
    ]


def broken(service, dice):
    """A request of the service with one to three things wrong: method, path, query, header fields, body."""
    method, target, body = dice.choice(service.right)
    path, _, query = target.partition("?")
    fields = [("Host", "127.0.0.1"), ("x-ms-version", "2024-11-04"), ("x-ms-blob-type", "BlockBlob"), ("Metadata", "true")]
    if service.token:
        fields.append(("Authorization", f"Bearer {service.token}"))
    for _ in range(dice.randint(1, 3)):
        kind = dice.randrange(6)
        if kind == 0:
            method = dice.choice(METHODS)
        elif kind == 1:
            parts = path.split("/")
            parts.insert(dice.randint(1, len(parts)), dice.choice(SEGMENTS))
            path = "/".join(parts)[: dice.choice([len(path), 10000])] or "/"
        elif kind == 2:
            query = "&".join(filter(None, [dice.choice([query, ""]), dice.choice(PARAMETERS)]))
        elif kind == 3:
            name, value = dice.choice(FIELDS)
            fields = [each for each in fields if each[0] != name] + [(name, value)]
        elif kind == 4:
            fields = [fields[0]] + [each for each in fields[1:] if dice.random() < 0.5]
        else:
            body = dice.choice([dice.choice(BODIES), body[: dice.randint(0, len(body))], dice.randbytes(dice.randint(1, 300))])
    if not path.startswith("/"):
        path = "/" + path
    return method, path + ("?" + query if query else ""), fields, body


def request(method, target, fields, body):
    lines = [f"{method} {target} HTTP/1.1"] + [f"{name}: {value}" for name, value in fields] + [f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def is_plain(method, target, fields):
    """Whether HTTP itself takes the request; what it does not take never reaches a service."""
    if method in ("BREW", "get"):
        return False
    texts = [target] + [part for field in fields for part in field]
    return all(0x20 < ord(each) < 0x7F for each in target) and all(each >= " " and each != "\x7f" for part in texts for each in part)


def context(azure):
    trust = ssl.create_default_context(cafile=azure.ready["caFile"])
    trust.check_hostname = False
    return trust


def hold(azure, service):
    dice = random.Random(f"{SEED}/{service.name}")
    connection = Connection(service.address, context(azure))
    seen = collections.Counter()
    for number in range(ROUNDS):
        method, target, fields, body = broken(service, dice)
        what = f"request {number}, {method} {target[:120]!r} {[each for each in fields if each[0] != 'Authorization']!r:.300} {body[:60]!r}"
        answer = connection.exchange(request(method, target, fields, body), is_head=method == "HEAD")
        if answer is None:
            true(not is_plain(method, target, fields), f"there is an answer to {what}")
            seen["none"] += 1
            continue
        seen[answer.status] += 1
        true(answer.status < 500, f"{what} is answered with {answer.status}: {answer.body[:200]!r}")
        if answer.status < 400 or method == "HEAD" or not is_plain(method, target, fields):
            continue
        try:
            well_formed = service.complaint(answer)
        except (KeyError, ValueError, TypeError, AttributeError, xml.etree.ElementTree.ParseError) as error:
            raise Unexpected(f"{what}: {answer.status} {answer.body[:200]!r} has another form: {error!r}")
        true(well_formed, f"{what}: {answer.status} {answer.body[:200]!r} has another form")
    connection.close()
    refusals = sum(count for status, count in seen.items() if status != "none" and status >= 400)
    true(refusals > ROUNDS / 3, f"a third of the requests is refused, of {dict(seen)}")
    true(len(seen) >= 4, f"the answers differ: {dict(seen)}")


def framing():
    """Bytes that are no request of HTTP/1.1, or one that nobody should believe."""
    noise = random.Random(SEED)
    head = b"POST / HTTP/1.1\r\nHost: a\r\n"
    return [
        noise.randbytes(500) + b"\r\n\r\n", b"GET /\r\n\r\n", b"GET / HTTP/3.0\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\r\n" * 50,
        b"G\x00T / HTTP/1.1\r\nHost: a\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nX A: b\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n",
        b"GET /" + b"a" * 200000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 200000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n" + b"".join(b"X-%d: a\r\n" % each for each in range(5000)) + b"\r\n",
        head + b"Content-Length: -5\r\n\r\n", head + b"Content-Length: 99999999999999999999\r\n\r\n", head + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        head + b"Transfer-Encoding: banana\r\n\r\n", head + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        head + b"Transfer-Encoding: chunked\r\n\r\nZZZ\r\n\r\n", head + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n\r\n",
        b"CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", b"GET http://evil.example/x HTTP/1.1\r\nHost: a\r\n\r\n", b"GET x HTTP/1.1\r\nHost: a\r\n\r\n",
        b'GET / HTTP/1.1\r\nHost: "><x\r\n\r\n', b"GET / HTTP/1.1\r\n\r\n", b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c, websocket\r\nConnection: Upgrade\r\n\r\n",
    ]


for number, name in enumerate(["Resource Manager", "Entra", "blobs over TLS", "blobs over http", "identity endpoint"]):

    @check(f"{ROUNDS} broken requests to the {name}: no 5xx, and refusals in its own form")
    def _(azure, number=number, name=name):
        service = services(azure)[number]
        equal(service.name, name, "service")
        hold(azure, service)


@check("bytes that are no HTTP: refused or cut off, never 5xx, and the next request is answered")
def _(azure):
    for service in services(azure):
        for each in framing():
            connection = Connection(service.address, context(azure))
            try:
                answer = connection.exchange(each, patience=1)
            except TimeoutError:
                answer = None  # it waits for the rest, as it may
            true(answer is None or answer.status < 500, f"{service.name}: {each[:80]!r} is answered with {answer and answer.status}")
            connection.close()
        method, target, body = service.right[0]
        after = Connection(service.address, context(azure)).exchange(request(method, target, [("Host", "127.0.0.1")], body))
        true(after is not None and after.status < 500, f"{service.name} answers afterwards")


if __name__ == "__main__":
    with running(world(Issuer(), throttling={"enabled": False}), "--time-scale", "60") as azure:
        attach(azure)
        check.run(azure)
