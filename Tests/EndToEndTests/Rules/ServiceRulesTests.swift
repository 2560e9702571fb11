import AzureEmulator
import BackupDomain
import Foundation
import HTTPTypes
import Testing

@Suite("What Azure's own rules come to in a run", .timeLimit(.minutes(2)))
struct ServiceRulesTests {
    struct Example: CustomTestStringConvertible {
        var testDescription: String
        var world: String
        var options: [String] = []
        /// Whether API Management is to use the account's key.
        var usesKey = false
        /// The exit code.
        var exit: Int32
        /// The error's code; empty where there is none.
        var code = ""
        /// What the error must say.
        var says: [String] = []
        /// How many POSTs of a backup Azure saw.
        var posts = 1
    }

    /// An account whose firewall denies, with more fields.
    private static func account(_ fields: String) -> String {
        """
        {"storageAccounts": [{"name": "contosobackups", "resourceGroup": "rg-apim", "containers": ["apim-backups"],
                              \(fields)}]}
        """
    }

    private static func lock(_ level: String, at scope: String) -> String {
        #"{"locks": [{"name": "keep-out", "level": "\#(level)", "scope": "\#(scope)"}]}"#
    }

    static let locks: [Example] =
        ["instance:contoso-apim", "group:rg-apim", "subscription"].map { scope in
            Example(
                testDescription: "a ReadOnly lock at \(scope) is no reason to wait",
                world: lock("ReadOnly", at: scope),
                options: ["--wait-busy", "1h"],
                exit: 4,
                code: "scopeLocked",
                says: ["ScopeLocked", "contoso-apim", "cannot perform write operation", "az lock list", "CanNotDelete"]
            )
        } + [
            Example(
                testDescription: "a CanNotDelete lock is no hindrance",
                world: lock("CanNotDelete", at: "subscription"),
                exit: 0
            )
        ]

    static let storage: [Example] = [
        Example(
            testDescription: "a firewall that lets API Management and this machine through",
            world: account(#""firewallDefaultDeny": true, "firewallAddresses": ["127.0.0.1"]"#),
            exit: 0
        ),
        Example(
            testDescription: "a firewall that lets API Management through, but not this machine",
            world: account(#""firewallDefaultDeny": true"#),
            exit: 6,
            code: "backupUnreadable",
            says: ["AuthorizationFailure", "firewall"]
        ),
        Example(
            testDescription: "a firewall without the trusted services",
            world: account(
                #""firewallDefaultDeny": true, "firewallAddresses": ["127.0.0.1"], "trustedServicesBypass": false"#
            ),
            exit: 1,
            code: "backupFailed",
            says: ["This request is not authorized to perform this operation.", "trusted"]
        ),
        Example(
            testDescription: "keys that are not permitted",
            world: account(#""allowSharedKeyAccess": false"#),
            usesKey: true,
            exit: 1,
            code: "backupFailed",
            says: ["Key based authentication is not permitted", "managed identity"]
        ),
        Example(
            testDescription: "a key, and a rule across origins that API Management cannot read",
            world: account(#""corsMethods": ["GET", "PATCH"]"#),
            usesKey: true,
            exit: 1,
            code: "azureError",
            says: ["InvalidParameters", "Requested value 'GET,PATCH' was not found.", "CORS"]
        ),
        Example(
            testDescription: "the same rule, and a managed identity",
            world: account(#""corsMethods": ["GET", "PATCH"]"#),
            exit: 0
        ),
    ]

    @Test(arguments: locks + storage)
    func `a rule has its own message and exit code`(_ example: Example) async throws {
        try await LocalAzure.with(world: example.world) { azure in
            var azure = azure
            var options = example.options
            if example.usesKey {
                azure.environment["APIM_BACKUP_ACCESS_KEY"] = azure.ready.storageKey
                options += ["--access-type", "AccessKey"]
            }
            let run = await azure.run(
                ["run", "contoso-apim", "--storage-account", "contosobackups", "--format", "json"] + options
            )
            #expect(run.code == example.exit, "\(run.everything.prefix(2000))")
            #expect((run.errorCode ?? "") == example.code, "\(run.everything.prefix(2000))")
            for fragment in example.says {
                let error = try #require(run.summary?["error"])
                let text = String(decoding: try JSONEncoder.stable().encode(error), as: UTF8.self)
                #expect(text.contains(fragment), "'\(fragment)' is not in \(text)")
            }
            let posts = try await azure.requests().filter {
                $0["method"]?.string == "POST" && $0["path"]?.string?.contains("/backup?") == true
            }
            #expect(posts.count == example.posts)
            #expect(!run.everything.contains(azure.ready.storageKey))
        }
    }

    @Test func `runs through 429s end verified`() async throws {
        // At the tests' time scale a call comes back in 1.7 seconds: two runs at once are one too many.
        let bucket = #"{"bucket": 1, "refillPerSecond": 0.001}"#
        let world = """
            {"throttling": {"reads": \(bucket), "writes": \(bucket), "resourceRequests": \(bucket)}}
            """
        try await LocalAzure.with(world: world) { azure in
            async let second = azure.backUp("fabrikam-apim")
            let runs = [await azure.backUp(), await second]
            for run in runs { #expect(run.summary?["outcome"]?.string == "verified", "\(run.everything.prefix(2000))") }
            let refused = try await azure.requests().filter { $0["status"]?.integer == 429 }
            #expect(!refused.isEmpty)
            let accepted = try await azure.accepted()
            #expect(accepted.count == 2)
        }
    }

    @Test func `a deleted instance is not found, its backups are, and the way back is named`() async throws {
        try await LocalAzure.with { azure in
            let before = await azure.backUp()
            let id = try #require(try await azure.accepted().first?["instance"]?.string)
            let deletion = try await azure.manage(.delete, id)
            #expect(deletion == 202)
            while try await azure.manage(.get, id) != 404 { try await RealClock().sleep(for: .milliseconds(100)) }
            for reference in ["contoso-apim", id] {
                let run = await azure.backUp(reference)
                #expect(run.code == 4, "\(run.everything.prefix(2000))")
                #expect(run.errorCode == "instanceNotFound")
                #expect(run.summary?["error"]?["remedy"]?.string?.contains("az apim deletedservice list") == true)
            }
            let list = await azure.run("list", "--storage-account", "contosobackups", "--format", "json")
            #expect(list.document?.array?.first?["backupName"] == before.summary?["backup"]?["name"])
        }
    }
}
