"""azure-storage-blob, unmodified: bearer over TLS, shared key, shared access signatures; what backups do with blobs."""

import datetime
import hashlib
import os

from azure.core import MatchConditions
from azure.core.exceptions import ResourceExistsError
from azure.storage.blob import (
    AccountSasPermissions,
    BlobBlock,
    BlobClient,
    BlobSasPermissions,
    BlobServiceClient,
    ContainerSasPermissions,
    ResourceTypes,
    generate_account_sas,
    generate_blob_sas,
    generate_container_sas,
)

from .emulator import running
from .report import Checks, contains, equal, raises, refused, true
from .sdk import attach, blobs, credential
from .world import Issuer, world

check = Checks()


def by_key(azure, key=None):
    return BlobServiceClient(azure.blob_http, credential={"account_name": azure.account, "account_key": key or azure.key})


def later(minutes=30):
    return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)


def container(azure, name, service=None):
    made = (service or blobs(azure)).get_container_client(name)
    made.create_container()
    return made


@check("containers: create, exists, list, properties, delete (bearer)")
def _(azure):
    made = container(azure, "bearer")
    true(made.exists(), "the container exists")
    equal(made.get_container_properties().name, "bearer", "name")
    equal([each.name for each in blobs(azure).list_containers(name_starts_with="bear")], ["bearer"], "containers")
    error = raises(ResourceExistsError, made.create_container)
    equal(getattr(error.error_code, "value", error.error_code), "ContainerAlreadyExists", "code")
    made.delete_container()
    true(not made.exists(), "the container is gone")


def transfer(azure, service, name):
    """100 MB up in blocks and down in ranges, four at a time."""
    made = container(azure, name, service)
    content = os.urandom(1024 * 1024) * 100
    blob = made.get_blob_client("large.apimbackup")
    blob.upload_blob(content, max_concurrency=4)
    properties = blob.get_blob_properties()
    equal(properties.size, len(content), "size")
    committed, uncommitted = blob.get_block_list("all")
    equal((sum(each.size for each in committed), uncommitted), (len(content), []), "blocks")
    true(len(committed) > 1, "more than one block")
    loaded = blob.download_blob(max_concurrency=4).readall()
    equal(hashlib.sha256(loaded).digest(), hashlib.sha256(content).digest(), "hash of the download")
    part = blob.download_blob(offset=1_048_570, length=12).readall()
    equal(part, content[1_048_570:1_048_582], "range over the border of two blocks")
    made.delete_container()


@check("100 MB up in blocks and down in ranges (bearer over TLS)")
def _(azure):
    options = {"max_single_put_size": 4 * 1024 * 1024, "max_single_get_size": 4 * 1024 * 1024}
    transfer(azure, blobs(azure, max_block_size=4 * 1024 * 1024, **options), "large-bearer")


@check("100 MB up in blocks and down in ranges (shared key)")
def _(azure):
    service = BlobServiceClient(
        azure.blob_http, credential={"account_name": azure.account, "account_key": azure.key},
        max_single_put_size=4 * 1024 * 1024, max_block_size=8 * 1024 * 1024,
    )
    transfer(azure, service, "large-key")


@check("a bearer token over plain http is not sent by the SDK")
def _(azure):
    error = raises(ValueError, lambda: BlobServiceClient(azure.blob_http, credential=credential(azure)))
    contains(str(error), "only supported with HTTPS", "message")


@check("blocks: uncommitted ones are no blob, a committed list is, in its order")
def _(azure):
    made = container(azure, "blocks")
    blob = made.get_blob_client("staged")
    for name in ("one", "two"):
        blob.stage_block(name, name.encode())
    true(not blob.exists(), "staged blocks are no blob yet")
    equal([each.id for each in blob.get_block_list("uncommitted")[1]], ["one", "two"], "uncommitted")
    blob.commit_block_list([BlobBlock("two"), BlobBlock("one")])
    equal(blob.download_blob().readall(), b"twoone", "content")
    refused(lambda: blob.commit_block_list([BlobBlock("six")]), 400, "InvalidBlockList")
    made.delete_container()


@check("metadata and content headers are kept, and changed")
def _(azure):
    made = container(azure, "metadata", by_key(azure))
    blob = made.get_blob_client("x")
    blob.upload_blob(b"content", metadata={"run": "7", "instance": "contoso"})
    equal(blob.get_blob_properties().metadata, {"run": "7", "instance": "contoso"}, "metadata")
    equal(
        bytes(blob.get_blob_properties().content_settings.content_md5), hashlib.md5(b"content").digest(), "MD5"
    )
    before = blob.get_blob_properties().etag
    blob.set_blob_metadata({"run": "8"})
    after = blob.get_blob_properties()
    equal(after.metadata, {"run": "8"}, "metadata")
    true(after.etag != before, "a change gives a new ETag")
    made.delete_container()


@check("conditional headers: If-None-Match *, If-Match, If-None-Match, dates")
def _(azure):
    made = container(azure, "conditions")
    blob = made.get_blob_client("x")
    blob.upload_blob(b"one", overwrite=False)
    refused(lambda: blob.upload_blob(b"two", overwrite=False), 409, "BlobAlreadyExists")
    old = blob.get_blob_properties()
    blob.upload_blob(b"two", overwrite=True, etag=old.etag, match_condition=MatchConditions.IfNotModified)
    refused(
        lambda: blob.upload_blob(b"three", overwrite=True, etag=old.etag, match_condition=MatchConditions.IfNotModified),
        412, "ConditionNotMet",
    )
    refused(lambda: blob.delete_blob(etag=old.etag, match_condition=MatchConditions.IfNotModified), 412, "ConditionNotMet")
    new = blob.get_blob_properties()
    refused(
        lambda: blob.download_blob(etag=new.etag, match_condition=MatchConditions.IfModified), 304, "ConditionNotMet"
    )
    refused(
        lambda: blob.delete_blob(if_unmodified_since=new.last_modified - datetime.timedelta(hours=1)),
        412, "ConditionNotMet",
    )
    equal(blob.download_blob().readall(), b"two", "content")
    made.delete_container()


@check("leases on blobs and containers: acquire, renew, change, release, break")
def _(azure):
    made = container(azure, "leases")
    blob = made.get_blob_client("x")
    blob.upload_blob(b"content")
    lease = blob.acquire_lease(lease_duration=15)
    refused(lambda: blob.upload_blob(b"other", overwrite=True), 412, "LeaseIdMissing")
    refused(lambda: blob.acquire_lease(lease_duration=15), 409, "LeaseAlreadyPresent")
    refused(
        lambda: blob.delete_blob(lease="00000000-0000-0000-0000-000000000000"), 412, "LeaseIdMismatchWithBlobOperation"
    )
    blob.upload_blob(b"mine", overwrite=True, lease=lease)
    lease.renew()
    lease.change("11111111-1111-1111-1111-111111111111")
    equal(blob.get_blob_properties().lease.state, "leased", "state")
    lease.release()
    equal(blob.get_blob_properties().lease.state, "available", "state")
    blob.acquire_lease(lease_duration=-1).break_lease(0)
    equal(blob.get_blob_properties().lease.state, "broken", "state")
    held = made.acquire_lease(lease_duration=15)
    refused(made.delete_container, 412, "LeaseIdMissing")
    made.delete_container(lease=held)


@check("lists: prefix, delimiter, pages")
def _(azure):
    made = container(azure, "lists", by_key(azure))
    names = [f"2026/11/{day:02}/a b.apimbackup" for day in range(1, 8)] + ["2026/12/01", "readme & more.txt"]
    for name in names:
        made.upload_blob(name, name.encode())
    equal([each.name for each in made.list_blobs()], sorted(names), "all")
    equal([each.name for each in made.list_blobs(name_starts_with="2026/12")], ["2026/12/01"], "by prefix")
    equal([each.name for each in made.walk_blobs()], ["2026/", "readme & more.txt"], "top level")
    equal([each.name for each in made.walk_blobs("2026/")], ["2026/11/", "2026/12/"], "below 2026/")
    pages = [[each.name for each in page] for page in made.list_blobs(results_per_page=4).by_page()]
    equal([len(page) for page in pages], [4, 4, 1], "sizes of the pages")
    equal([name for page in pages for name in page], sorted(names), "names over all pages")
    made.delete_container()


@check("batch delete of several blobs")
def _(azure):
    for service, name in ((blobs(azure), "batch-bearer"), (by_key(azure), "batch-key")):
        made = container(azure, name, service)
        for number in range(5):
            made.upload_blob(f"old {number}", b"x")
        answers = list(made.delete_blobs("old 0", "old 1", "old 2"))
        equal([each.status_code for each in answers], [202, 202, 202], "statuses")
        equal([each.name for each in made.list_blobs()], ["old 3", "old 4"], "what is left")
        mixed = list(made.delete_blobs("old 3", "gone", raise_on_any_failure=False))
        equal([each.status_code for each in mixed], [202, 404], "statuses")
        made.delete_container()


def sas_client(azure, path, token):
    return BlobClient.from_blob_url(f"{azure.blob}/{path}?{token}")


@check("signatures for a blob: read with it, not write; expired and tampered ones are refused")
def _(azure):
    made = container(azure, "sas-blob", by_key(azure))
    made.upload_blob("x", b"content")
    options = {"account_name": azure.account, "container_name": "sas-blob", "blob_name": "x", "account_key": azure.key}
    read = generate_blob_sas(**options, permission=BlobSasPermissions(read=True), expiry=later())
    client = sas_client(azure, "sas-blob/x", read)
    equal(client.download_blob().readall(), b"content", "content")
    refused(lambda: client.upload_blob(b"y", overwrite=True), 403, "AuthorizationPermissionMismatch")
    old = generate_blob_sas(**options, permission=BlobSasPermissions(read=True), expiry=later(-1), start=later(-60))
    refused(lambda: sas_client(azure, "sas-blob/x", old).download_blob(), 403, "AuthenticationFailed")
    tampered = read.replace("sp=r", "sp=rw")
    true(tampered != read, "the signature could be tampered with")
    refused(lambda: sas_client(azure, "sas-blob/x", tampered).download_blob(), 403, "AuthenticationFailed")
    refused(lambda: sas_client(azure, "sas-blob/other", read).download_blob(), 403, "AuthenticationFailed")
    made.delete_container()


@check("signatures for a container and for the account")
def _(azure):
    made = container(azure, "sas-more", by_key(azure))
    made.upload_blob("x", b"content")
    listing = generate_container_sas(
        azure.account, "sas-more", azure.key, permission=ContainerSasPermissions(list=True), expiry=later()
    )
    service = BlobServiceClient(azure.blob, credential=listing)
    equal([each.name for each in service.get_container_client("sas-more").list_blobs()], ["x"], "blobs")
    refused(
        lambda: service.get_blob_client("sas-more", "x").download_blob(), 403, "AuthorizationPermissionMismatch"
    )
    account = generate_account_sas(
        azure.account, azure.key, resource_types=ResourceTypes(service=True, container=True, object=True),
        permission=AccountSasPermissions(read=True, list=True, write=True), expiry=later(),
    )
    service = BlobServiceClient(azure.blob, credential=account)
    true("sas-more" in [each.name for each in service.list_containers()], "the account's signature lists containers")
    service.get_blob_client("sas-more", "y").upload_blob(b"written")
    equal(made.download_blob("y").readall(), b"written", "content")
    made.delete_container()


@check("a shared key that is not the account's is refused")
def _(azure):
    wrong = azure.key[:10] + ("A" if azure.key[10] != "A" else "B") + azure.key[11:]
    refused(lambda: list(by_key(azure, wrong).list_containers()), 403, "AuthenticationFailed")


@check("what is not there: ContainerNotFound and BlobNotFound")
def _(azure):
    missing = blobs(azure).get_container_client("not-there")
    refused(lambda: list(missing.list_blobs()), 404, "ContainerNotFound")
    refused(lambda: blobs(azure).get_blob_client("apim-backups", "gone").download_blob(), 404, "BlobNotFound")


if __name__ == "__main__":
    with running(world(Issuer()), "--time-scale", "60") as azure:
        attach(azure)
        check.run(azure)
