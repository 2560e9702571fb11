import BackupDomain
import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

@testable import AzureClient

/// What many suites need: a cloud, a credential with tokens that can be read, ready answers.
enum Fixture {
    static let now = Date(timeIntervalSince1970: 1_795_482_000)
    static let tenant = "11111111-2222-3333-4444-555555555555"
    static let instanceText =
        "/subscriptions/aaaaaaaa-0000-0000-0000-000000000001/resourceGroups/rg-apim"
        + "/providers/Microsoft.ApiManagement/service/contoso-apim"
    static let cloud = Cloud.builtIn[0]

    /// An unsigned token with claims, numbered so that tokens can be told apart.
    static func token(_ number: Int = 1, expiresIn seconds: Double = 3600) -> AccessToken {
        let claims =
            #"{"tid":"\#(Self.tenant)","oid":"0b1ec7","appid":"a991d","exp":1795485600,"n":\#(number)}"#
        let payload = Data(claims.utf8).base64EncodedString().prefix { $0 != "=" }
        return AccessToken(secret: Secret("e30.\(payload).sig"), expiresAt: Self.now + seconds)
    }

    /// A cache over a credential that gives token 1, 2, 3, ….
    static func tokens(_ clock: any WallClock) -> TokenCache {
        TokenCache(CountingCredential(), clock: clock)
    }

    static func repeating(_ transport: ScriptedTransport, _ clock: ManualClock) -> RepeatingTransport {
        RepeatingTransport(base: transport, clock: clock, random: RandomSource(Steady()))
    }

    static func resourceManager(_ transport: ScriptedTransport, _ clock: ManualClock) throws -> ResourceManagerClient {
        try ResourceManagerClient(
            cloud: Self.cloud,
            tokens: Self.tokens(clock),
            transport: transport,
            clock: clock,
            random: RandomSource(Steady())
        )
    }

    static func blobs(_ transport: ScriptedTransport, _ clock: ManualClock) throws -> BlobServiceClient {
        let url = try #require(URL(string: "https://contosobackups.blob.core.windows.net"))
        return try BlobServiceClient(
            account: StorageAccount(name: "contosobackups", blobEndpoint: url),
            cloud: Self.cloud,
            tokens: Self.tokens(clock),
            transport: transport,
            clock: clock,
            random: RandomSource(Steady())
        )
    }

    static func email(_ transport: ScriptedTransport, _ clock: ManualClock) throws -> EmailServiceClient {
        try EmailServiceClient(
            endpoint: #require(URL(string: "https://contoso.europe.communication.azure.com")),
            tokens: Self.tokens(clock),
            transport: transport,
            clock: clock,
            random: RandomSource(Steady())
        )
    }
}
