"""azure-identity, unmodified: every way to a token that backups are run with."""

import contextlib
import os
import uuid

import jwt
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import (
    CertificateCredential,
    ClientSecretCredential,
    CredentialUnavailableError,
    DefaultAzureCredential,
    EnvironmentCredential,
    ManagedIdentityCredential,
    WorkloadIdentityCredential,
)

from .emulator import running
from .report import Checks, contains, equal, raises
from .sdk import attach
from .world import Issuer, world

check = Checks()
issuer = Issuer()


@contextlib.contextmanager
def variables(**values):
    os.environ.update(values)
    try:
        yield
    finally:
        for name in values:
            del os.environ[name]


def claims(token):
    return jwt.decode(token.token, options={"verify_signature": False})


def shows(azure, credential, principal):
    """The credential's token is for the Resource Manager, of this tenant, for this principal."""
    token = credential.get_token(f"{azure.manager}/.default")
    found = claims(token)
    equal(found["tid"], azure.tenant, "tenant")
    equal(found["aud"].rstrip("/"), azure.manager, "audience")
    equal(found["exp"], token.expires_on, "expiry")
    equal(found["appid"] if principal else True, principal or True, "application")
    return found


def app_service(azure):
    return {name: azure.environment[name] for name in ("IDENTITY_ENDPOINT", "IDENTITY_HEADER")}


@check("ManagedIdentityCredential in App Service's way")
def _(azure):
    with variables(**app_service(azure)):
        contains(shows(azure, ManagedIdentityCredential(), None)["xms_mirid"], "/apim-backup-runner", "identity")


@check("ManagedIdentityCredential by client id and by resource id gives the same identity")
def _(azure):
    with variables(**app_service(azure)):
        found = shows(azure, ManagedIdentityCredential(), None)
        shows(azure, ManagedIdentityCredential(client_id=found["appid"]), found["appid"])
        by_id = ManagedIdentityCredential(identity_config={"resource_id": found["xms_mirid"]})
        shows(azure, by_id, found["appid"])


@check("ManagedIdentityCredential of an identity that the machine lacks gives no token")
def _(azure):
    with variables(**app_service(azure)):
        error = raises(
            ClientAuthenticationError,
            lambda: ManagedIdentityCredential(client_id=str(uuid.uuid4())).get_token(f"{azure.manager}/.default"),
        )
        contains(str(error), "Identity not found", "message")


@check("ManagedIdentityCredential with a wrong IDENTITY_HEADER gives no token")
def _(azure):
    with variables(IDENTITY_ENDPOINT=azure.environment["IDENTITY_ENDPOINT"], IDENTITY_HEADER="wrong"):
        raises(ClientAuthenticationError, lambda: ManagedIdentityCredential().get_token(f"{azure.manager}/.default"))


@check("ManagedIdentityCredential in the way of virtual machines (IMDS)")
def _(azure):
    host = azure.environment["IDENTITY_ENDPOINT"].removesuffix("/msi/token")
    with variables(AZURE_POD_IDENTITY_AUTHORITY_HOST=host):
        contains(shows(azure, ManagedIdentityCredential(), None)["xms_mirid"], "/apim-backup-runner", "identity")


@check("ManagedIdentityCredential in Azure Machine Learning's way")
def _(azure):
    with variables(
        MSI_ENDPOINT=azure.environment["IDENTITY_ENDPOINT"], MSI_SECRET=azure.environment["IDENTITY_HEADER"]
    ):
        contains(shows(azure, ManagedIdentityCredential(), None)["xms_mirid"], "/apim-backup-runner", "identity")


@check("ClientSecretCredential")
def _(azure):
    pipeline = azure.application("pipeline")
    shows(azure, by_secret(azure, pipeline["secrets"][0]), pipeline["clientId"])


def by_secret(azure, secret, tenant=None):
    return ClientSecretCredential(
        tenant or azure.tenant,
        azure.application("pipeline")["clientId"],
        secret,
        authority=azure.authority,
        disable_instance_discovery=True,
    )


@check("ClientSecretCredential with a wrong secret: AADSTS7000215")
def _(azure):
    credential = by_secret(azure, "wrong")
    error = raises(ClientAuthenticationError, lambda: credential.get_token(f"{azure.manager}/.default"))
    contains(str(error), "AADSTS7000215", "message")


@check("ClientSecretCredential for a resource that Entra does not know: AADSTS500011")
def _(azure):
    credential = by_secret(azure, azure.application("pipeline")["secrets"][0])
    error = raises(ClientAuthenticationError, lambda: credential.get_token("https://nowhere.example/.default"))
    contains(str(error), "AADSTS500011", "message")


@check("CertificateCredential")
def _(azure):
    pipeline = azure.application("pipeline")
    data = (issuer.private_key + issuer.certificate_text).encode()
    credential = CertificateCredential(
        azure.tenant, pipeline["clientId"], certificate_data=data, authority=azure.authority,
        disable_instance_discovery=True,
    )
    shows(azure, credential, pipeline["clientId"])


@check("CertificateCredential with a certificate that is not registered: AADSTS700027")
def _(azure):
    other = Issuer()
    credential = CertificateCredential(
        azure.tenant, azure.application("pipeline")["clientId"], authority=azure.authority,
        certificate_data=(other.private_key + other.certificate_text).encode(), disable_instance_discovery=True,
    )
    error = raises(ClientAuthenticationError, lambda: credential.get_token(f"{azure.manager}/.default"))
    contains(str(error), "AADSTS700027", "message")


def token_file(azure, **changes):
    file = azure.folder / f"token-{uuid.uuid4()}"
    file.write_text(issuer.token(**changes))
    return str(file)


def workload(azure, file):
    return WorkloadIdentityCredential(
        tenant_id=azure.tenant, client_id=azure.application("pipeline")["clientId"], token_file_path=file,
        authority=azure.authority, disable_instance_discovery=True,
    )


@check("WorkloadIdentityCredential")
def _(azure):
    shows(azure, workload(azure, token_file(azure)), azure.application("pipeline")["clientId"])


@check("WorkloadIdentityCredential with a token of another subject: AADSTS700213")
def _(azure):
    credential = workload(azure, token_file(azure, sub="someone-else"))
    error = raises(ClientAuthenticationError, lambda: credential.get_token(f"{azure.manager}/.default"))
    contains(str(error), "AADSTS700213", "message")


@check("EnvironmentCredential")
def _(azure):
    pipeline = azure.application("pipeline")
    with variables(
        AZURE_TENANT_ID=azure.tenant, AZURE_CLIENT_ID=pipeline["clientId"],
        AZURE_CLIENT_SECRET=pipeline["secrets"][0], AZURE_AUTHORITY_HOST=azure.authority,
    ):
        shows(azure, EnvironmentCredential(disable_instance_discovery=True), pipeline["clientId"])


@check("DefaultAzureCredential takes the environment first, then the managed identity")
def _(azure):
    pipeline = azure.application("pipeline")
    with variables(AZURE_AUTHORITY_HOST=azure.authority, **app_service(azure)):
        contains(shows(azure, DefaultAzureCredential(), None)["xms_mirid"], "/apim-backup-runner", "identity")
        with variables(
            AZURE_TENANT_ID=azure.tenant, AZURE_CLIENT_ID=pipeline["clientId"],
            AZURE_CLIENT_SECRET=pipeline["secrets"][0],
        ):
            shows(azure, DefaultAzureCredential(disable_instance_discovery=True), pipeline["clientId"])


@check("DefaultAzureCredential takes workload identity where its three variables are set")
def _(azure):
    pipeline = azure.application("pipeline")
    with variables(
        AZURE_AUTHORITY_HOST=azure.authority, AZURE_TENANT_ID=azure.tenant, AZURE_CLIENT_ID=pipeline["clientId"],
        AZURE_FEDERATED_TOKEN_FILE=token_file(azure), AZURE_TOKEN_CREDENTIALS="workloadidentitycredential",
    ):
        shows(azure, DefaultAzureCredential(disable_instance_discovery=True), pipeline["clientId"])


@check("DefaultAzureCredential limited to the environment, which is empty, has no credential")
def _(azure):
    with variables(AZURE_TOKEN_CREDENTIALS="environmentcredential"):
        raises(
            (ClientAuthenticationError, CredentialUnavailableError),
            lambda: DefaultAzureCredential().get_token(f"{azure.manager}/.default"),
        )


if __name__ == "__main__":
    with running(world(issuer), "--time-scale", "60") as azure:
        attach(azure)
        check.run(azure)
