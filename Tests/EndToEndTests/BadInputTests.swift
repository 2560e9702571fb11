import AzureEmulator
import BackupDomain
import Foundation
import Testing

@Suite("What bad input and a bad Azure get", .timeLimit(.minutes(3)))
struct BadInputTests {
    struct Example: CustomTestStringConvertible {
        var testDescription: String
        var world: String?
        var faults = "[]"
        var instance = "contoso-apim"
        var account = "contosobackups"
        var options: [String] = []
        var environment: [String: String] = [:]
        /// The exit code.
        var exit: Int32
        /// The error's code.
        var code: String
        /// What the message, the remedy or Azure's answer must say.
        var says: [String]
        /// Whether a run had begun, so that there is a record of it.
        var hasRecord = false
        /// How many backups Azure accepted.
        var accepted = 0
    }

    static let lookup: [Example] = [
        Example(
            testDescription: "unknown instance",
            instance: "nosuch",
            exit: 4,
            code: "instanceNotFound",
            says: ["'nosuch'", "--subscription"]
        ),
        Example(
            testDescription: "impossible name",
            instance: "-x",
            options: [],
            exit: 64,
            code: "",
            says: []
        ),
        Example(
            testDescription: "name with a blank",
            instance: "a b",
            exit: 64,
            code: "invalidInput",
            says: ["'a b'", "1 to 50"]
        ),
        Example(
            testDescription: "id of something else",
            instance: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/x",
            exit: 64,
            code: "invalidInput",
            says: ["not the resource id of an API Management instance"]
        ),
        Example(
            testDescription: "several of one name",
            world: """
                {"resourceGroups": [{"name": "rg-two"}],
                 "instances": [{"name": "contoso-apim", "resourceGroup": "rg-two", "tier": "Developer"}],
                 "roleAssignments": [{"principal": "apim-backup-runner",
                    "role": "API Management Service Operator Role", "scope": "group:rg-two"}]}
                """,
            exit: 4,
            code: "instanceAmbiguous",
            says: ["rg-apim", "rg-two", "--resource-group"]
        ),
        Example(
            testDescription: "unknown storage account",
            account: "nosuchaccount",
            exit: 4,
            code: "storageAccountNotFound",
            says: ["'nosuchaccount'", "--storage-account"]
        ),
    ]

    static let instances: [Example] = [
        Example(
            testDescription: "Consumption",
            instance: "northwind-apim",
            exit: 4,
            code: "tierUnsupported",
            says: ["Consumption", "Developer, Basic, Standard and Premium"],
            hasRecord: true
        ),
        Example(
            testDescription: "a v2 tier",
            instance: "tailwind-apim",
            exit: 4,
            code: "tierUnsupported",
            says: ["StandardV2"],
            hasRecord: true
        ),
        Example(
            testDescription: "no identity",
            world: """
                {"instances": [{"name": "contoso-apim", "resourceGroup": "rg-apim", "tier": "Developer",
                                "systemAssigned": false}]}
                """,
            exit: 4,
            code: "identityMissing",
            says: ["system-assigned", "az rest --method patch"],
            hasRecord: true
        ),
        Example(
            testDescription: "an identity that is not attached",
            options: ["--access-client-id", "11111111-2222-3333-4444-555555555555"],
            exit: 4,
            code: "identityMissing",
            says: ["11111111-2222-3333-4444-555555555555", "--access-client-id"],
            hasRecord: true
        ),
        Example(
            testDescription: "api-version too old",
            world: """
                {"instances": [{"name": "contoso-apim", "resourceGroup": "rg-apim", "tier": "Developer",
                                "minApiVersion": "2024-05-01"}]}
                """,
            options: ["--api-version", "2022-08-01"],
            exit: 4,
            code: "apiVersionTooOld",
            says: ["2024-05-01"],
            hasRecord: true
        ),
        Example(
            testDescription: "busy",
            world: """
                {"instances": [{"name": "contoso-apim", "resourceGroup": "rg-apim", "tier": "Developer",
                                "state": "Updating"}]}
                """,
            exit: 75,
            code: "busy",
            says: ["contoso-apim", "--wait-busy"],
            hasRecord: true
        ),
        Example(
            testDescription: "busy by Azure's word",
            faults: """
                [{"method": "POST", "path": "*/backup", "status": 409, "code": "ServiceLocked", "message": "in transition"}]
                """,
            exit: 75,
            code: "busy",
            says: ["ServiceLocked", "in transition"],
            hasRecord: true
        ),
        Example(
            testDescription: "a lock",
            faults: """
                [{"method": "POST", "path": "*/backup", "status": 409, "code": "ScopeLocked", "message": "locked"}]
                """,
            exit: 4,
            code: "scopeLocked",
            says: ["lock", "ScopeLocked"],
            hasRecord: true
        ),
    ]

    static let rights: [Example] = [
        Example(
            testDescription: "may read the instance but not start a backup",
            world: """
                {"keepRoleAssignments": false, "roleAssignments": [
                    {"principal": "apim-backup-runner", "role": "Reader", "scope": "instance:contoso-apim"},
                    {"principal": "apim-backup-runner", "role": "Storage Blob Data Contributor",
                     "scope": "storageAccount:contosobackups"}]}
                """,
            exit: 4,
            code: "permissionDenied",
            says: [
                "Microsoft.ApiManagement/service/backup/action", "API Management Service Operator Role",
                "AuthorizationFailed", "contoso-apim",
            ],
            hasRecord: true
        ),
        Example(
            testDescription: "API Management may not write the blob",
            world: """
                {"keepRoleAssignments": false, "roleAssignments": [
                    {"principal": "apim-backup-runner", "role": "API Management Service Operator Role",
                     "scope": "group:rg-apim"},
                    {"principal": "apim-backup-runner", "role": "Storage Blob Data Contributor",
                     "scope": "storageAccount:contosobackups"}]}
                """,
            exit: 1,
            code: "backupFailed",
            says: ["Storage Blob Data Contributor"],
            hasRecord: true,
            accepted: 1
        ),
        Example(
            testDescription: "container missing and not to be created",
            world: """
                {"storageAccounts": [{"name": "contosobackups", "resourceGroup": "rg-apim", "containers": []}],
                 "keepRoleAssignments": false,
                 "roleAssignments": [
                    {"principal": "apim-backup-runner", "role": "API Management Service Operator Role",
                     "scope": "group:rg-apim"},
                    {"principal": "apim-backup-runner", "role": "Storage Blob Data Reader",
                     "scope": "storageAccount:contosobackups"}]}
                """,
            exit: 4,
            code: "containerUnavailable",
            says: ["apim-backups", "az storage container create"]
        ),
        Example(
            testDescription: "no credential",
            environment: [
                "IDENTITY_ENDPOINT": "", "IDENTITY_HEADER": "", "PATH": "/nonexistent",
                "AZURE_POD_IDENTITY_AUTHORITY_HOST": "http://127.0.0.1:9",
            ],
            exit: 4,
            code: "noCredential",
            says: ["environment", "workload-identity", "managed-identity", "azure-cli"]
        ),
        Example(
            testDescription: "a wrong client secret",
            options: ["--credential", "environment"],
            environment: ["AZURE_CLIENT_ID": "{client}", "AZURE_CLIENT_SECRET": "wrong-secret-value"],
            exit: 4,
            code: "credentialRejected",
            says: ["AADSTS7000215", "AZURE_CLIENT_SECRET"]
        ),
        Example(
            testDescription: "a credential that is not known",
            options: ["--credential", "magic"],
            exit: 64,
            code: "invalidInput",
            says: ["magic", "managed-identity"]
        ),
    ]

    static let wire: [Example] = [
        Example(
            testDescription: "malformed instance",
            faults: """
                [{"method": "GET", "path": "*/service/contoso-apim", "replaceBody": "{\\"id\\": ", "always": true}]
                """,
            exit: 4,
            code: "malformedAnswer",
            says: ["contoso-apim"]
        ),
        Example(
            testDescription: "oversized instance",
            faults: """
                [{"method": "GET", "path": "*/service/contoso-apim", "always": true,
                  "replaceBody": "\(String(repeating: "x", count: 5_000_000))"}]
                """,
            exit: 4,
            code: "answerTooLarge",
            says: []
        ),
        Example(
            testDescription: "a Location elsewhere",
            world: #"{"timings": {"backupSeconds": 60}}"#,
            faults: """
                [{"method": "POST", "path": "*/backup", "redirectLocation": "https://attacker.example/operationresults/1"}]
                """,
            exit: 5,
            code: "foreignLocation",
            says: ["https://attacker.example"],
            hasRecord: true,
            accepted: 1
        ),
        Example(
            testDescription: "a clock that is off",
            world: #"{"timings": {"clockSkewSeconds": 1230}}"#,
            exit: 4,
            code: "clockOff",
            says: ["20 min", "behind"]
        ),
        Example(
            testDescription: "a proxy at which nobody listens",
            environment: [
                "ARM_CLOUD_METADATA_URL": "", "HTTPS_PROXY": "http://127.0.0.1:9", "IDENTITY_ENDPOINT": "",
                "AZURE_AUTHORITY_HOST": "", "AZURE_CLIENT_ID": "11111111-2222-3333-4444-555555555555",
                "AZURE_CLIENT_SECRET": "wrong-secret-value",
            ],
            exit: 4,
            code: "unreachable",
            says: ["by the proxy 127.0.0.1:9", "onnection refused"]
        ),
        Example(
            testDescription: "a proxy that refuses the connection",
            environment: [
                "ARM_CLOUD_METADATA_URL": "", "HTTPS_PROXY": "{admin}", "IDENTITY_ENDPOINT": "",
                "AZURE_AUTHORITY_HOST": "", "AZURE_CLIENT_ID": "11111111-2222-3333-4444-555555555555",
                "AZURE_CLIENT_SECRET": "wrong-secret-value",
            ],
            exit: 4,
            code: "proxyRefused",
            says: ["The proxy refused to connect"]
        ),
        Example(
            testDescription: "a proxy that is not asked for this machine itself",
            environment: ["HTTPS_PROXY": "http://192.0.2.1:1"],
            exit: 0,
            code: "",
            says: [],
            hasRecord: true,
            accepted: 1
        ),
        Example(
            testDescription: "a host that does not exist",
            environment: ["ARM_CLOUD_METADATA_URL": "https://no-such-host.invalid/metadata"],
            exit: 4,
            code: "hostNotFound",
            says: ["no-such-host.invalid"]
        ),
        Example(
            testDescription: "a certificate that nobody trusts",
            environment: ["SSL_CERT_FILE": ""],
            exit: 4,
            code: "tlsFailed",
            says: ["SSL_CERT_FILE"]
        ),
        Example(
            testDescription: "plain http to another machine",
            environment: ["ARM_CLOUD_METADATA_URL": "http://192.0.2.1/metadata"],
            exit: 64,
            code: "invalidInput",
            says: []
        ),
        Example(
            testDescription: "nobody listens",
            environment: ["ARM_CLOUD_METADATA_URL": "https://127.0.0.1:9/metadata"],
            exit: 4,
            code: "unreachable",
            says: ["127.0.0.1:9"]
        ),
    ]

    static let ends: [Example] = [
        Example(
            testDescription: "success without a blob",
            world: """
                {"instances": [{"name": "contoso-apim", "resourceGroup": "rg-apim", "tier": "Developer",
                                "succeedWithoutBlob": true}]}
                """,
            exit: 1,
            code: "backupMissing",
            says: ["no blob"],
            hasRecord: true,
            accepted: 1
        ),
        Example(
            testDescription: "an empty blob",
            world: """
                {"instances": [{"name": "contoso-apim", "resourceGroup": "rg-apim", "tier": "Developer",
                                "backupBytes": 0}]}
                """,
            exit: 1,
            code: "backupMissing",
            says: ["empty"],
            hasRecord: true,
            accepted: 1
        ),
        Example(
            testDescription: "200 that says Failed",
            world: """
                {"instances": [{"name": "contoso-apim", "resourceGroup": "rg-apim", "tier": "Developer",
                                "endsInState": "Failed"}]}
                """,
            exit: 1,
            code: "backupFailed",
            says: [],
            hasRecord: true,
            accepted: 1
        ),
        Example(
            testDescription: "the operation's end is a failure",
            world: """
                {"instances": [{"name": "contoso-apim", "resourceGroup": "rg-apim", "tier": "Developer",
                                "backupFailure": {"code": "OutOfPaper", "message": "no paper"}}]}
                """,
            exit: 1,
            code: "backupFailed",
            says: ["OutOfPaper", "no paper"],
            hasRecord: true,
            accepted: 1
        ),
        Example(
            testDescription: "polls that fail in every way",
            faults: """
                [{"path": "*/operationresults/*", "status": 500, "times": 1},
                 {"path": "*/operationresults/*", "status": 429, "headers": {"Retry-After": "1"}, "times": 1},
                 {"path": "*/operationresults/*", "dropConnection": true, "times": 1},
                 {"path": "*/operationresults/*", "status": 401, "code": "ExpiredAuthenticationToken", "times": 1}]
                """,
            exit: 0,
            code: "",
            says: [],
            hasRecord: true,
            accepted: 1
        ),
        Example(
            testDescription: "accepted, but the answer was lost",
            faults: #"[{"method": "POST", "path": "*/backup", "loseAnswer": true}]"#,
            exit: 0,
            code: "",
            says: [],
            hasRecord: true,
            accepted: 1
        ),
        Example(
            testDescription: "accepted without a Location",
            world: """
                {"instances": [{"name": "contoso-apim", "resourceGroup": "rg-apim", "tier": "Developer",
                                "omitLocation": true}]}
                """,
            exit: 0,
            code: "",
            says: [],
            hasRecord: true,
            accepted: 1
        ),
        Example(
            testDescription: "the operation's URL is not found",
            faults: #"[{"path": "*/operationresults/*", "status": 404, "always": true}]"#,
            exit: 0,
            code: "",
            says: [],
            hasRecord: true,
            accepted: 1
        ),
        Example(
            testDescription: "tokens that expire in the middle of the run",
            world: #"{"timings": {"tokenSeconds": 2, "backupSeconds": 2400}}"#,
            exit: 0,
            code: "",
            says: [],
            hasRecord: true,
            accepted: 1
        ),
    ]

    @Test(arguments: Self.lookup + Self.instances + Self.rights + Self.wire + Self.ends)
    func `has its own message, exit code and record`(_ example: Example) async throws {
        try await LocalAzure.with(world: example.world, faults: example.faults) { azure in
            var azure = azure
            for (name, value) in example.environment {
                azure.environment[name] = value.replacing("{client}", with: azure.ready.clientID)
                    .replacing("{admin}", with: azure.ready.admin)
            }
            let run = await azure.run(
                ["run", example.instance, "--storage-account", example.account, "--format", "json"] + example.options
            )
            #expect(run.code == example.exit, "\(run.everything.prefix(2000))")
            #expect((run.errorCode ?? "") == example.code, "\(run.everything.prefix(2000))")
            if !example.code.isEmpty {
                let error = try #require(run.summary?["error"])
                let text = String(decoding: try JSONEncoder.stable().encode(error), as: UTF8.self)
                for fragment in example.says { #expect(text.contains(fragment), "'\(fragment)' is not in \(text)") }
            }
            let accepted = try await azure.accepted()
            #expect(accepted.count == example.accepted)
            guard example.hasRecord else { return }
            let id = try #require(run.summary?["run"]?.string)
            let show = await azure.run("show", id, "--storage-account", "contosobackups", "--format", "json")
            #expect(show.document?["outcome"] == run.summary?["outcome"], "\(show.everything.prefix(2000))")
            for secret in ["wrong-secret-value", azure.ready.clientSecret, azure.ready.storageKey] {
                #expect(!(run.everything + show.everything).contains(secret))
            }
        }
    }
}
