import BackupDomain
import FoundationEssentials

/// Whoever is signed in to Azure's command line on this machine.
///
/// Source: <https://learn.microsoft.com/cli/azure/account#az-account-get-access-token>
struct AzureCLICredential: TokenCredential {
    /// Runs the command line.
    var runner: any CommandRunner
    /// The variables that it is given.
    var environment: AzureEnvironment

    var name: String { "azure-cli" }

    func token(for audience: String) async throws -> AccessToken {
        var arguments = ["account", "get-access-token", "--output", "json", "--resource", audience]
        if let tenant = self.environment[.tenantID] { arguments += ["--tenant", tenant] }
        var variables = self.environment.variables
        variables["AZURE_CORE_NO_COLOR"] = "true"
        let outcome: CommandOutcome
        do {
            outcome = try await self.runner.run(
                "az",
                arguments,
                input: Data(),
                environment: variables,
                deadline: .seconds(10)
            )
        } catch let failure as CommandFailure {
            throw CredentialUnavailable(failure.reason)
        }
        guard outcome.succeeded else { throw CredentialUnavailable(Self.reason(outcome.errorText)) }
        guard let document = try? JSONDecoder.stable().decode(JSONValue.self, from: outcome.output),
            let token = document["accessToken"]?.string, AccessToken.isPlausible(token),
            let expiresAt = Self.expiry(document)
        else { throw CredentialUnavailable("'az account get-access-token' printed no token") }
        return AccessToken(secret: Secret(token), expiresAt: expiresAt)
    }

    private static func expiry(_ document: JSONValue) -> Date? {
        if let seconds = document["expires_on"]?.lenientInteger { return Date(timeIntervalSince1970: Double(seconds)) }
        // Releases before 2.54 print the local time only.
        guard let local = document["expiresOn"]?.string?.split(separator: ".").first else { return nil }
        let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .current).year().month().day()
            .time(includingFractionalSeconds: false)
        return try? style.parse(String(local))
    }

    private static func reason(_ errorText: String) -> String {
        let line = AzureErrorBody.folded(errorText) ?? ""
        if line.contains("az login") || line.contains("az account set") { return "nobody is signed in; run 'az login'" }
        return "'az account get-access-token' failed: \(line.prefix(300))"
    }
}
