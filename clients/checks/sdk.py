"""What the suites of SDKs share: credentials and clients that are attached to the local Azure."""

import os

from azure.identity import ClientSecretCredential
from azure.storage.blob import BlobServiceClient


def credential(azure, name="administrator"):
    application = azure.application(name)
    return ClientSecretCredential(
        azure.tenant,
        application["clientId"],
        application["secrets"][0],
        authority=azure.authority,
        disable_instance_discovery=True,
    )


def attach(azure):
    """Lets the SDKs of this process trust the local Azure."""
    for name in [each for each in os.environ if each.startswith(("AZURE_", "IDENTITY_", "MSI_"))]:
        del os.environ[name]
    os.environ["REQUESTS_CA_BUNDLE"] = azure.bundle
    os.environ["NO_PROXY"] = "127.0.0.1"


def manager(azure, kind, name="administrator", **options):
    """A management client; base_url and credential_scopes are what a local address takes."""
    return kind(
        credential(azure, name),
        azure.subscription,
        base_url=azure.manager,
        credential_scopes=[f"{azure.manager}/.default"],
        polling_interval=0.2,
        **options,
    )


def blobs(azure, name="administrator", **options):
    return BlobServiceClient(azure.blob, credential=credential(azure, name), **options)
