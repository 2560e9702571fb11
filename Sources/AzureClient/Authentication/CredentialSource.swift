package import BackupDomain

/// Makes the credential that the environment and the command line ask for.
///
/// The order is environment, workload identity, managed identity, Azure CLI; `--credential`, or else
/// `AZURE_TOKEN_CREDENTIALS`, narrows it.
package struct CredentialSource: Sendable {
    var environment: AzureEnvironment
    var authority: Origin
    var repeating: RepeatingTransport
    var files: FileSource
    var runner: any CommandRunner

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - environment: The variables.
    ///   - cloud: The cloud whose authority gives out tokens.
    ///   - transport: What carries the calls.
    ///   - clock: The present, and what waits between attempts.
    ///   - random: Where jitter and nonces come from.
    ///   - rules: When to try again.
    ///   - files: Where certificates and federated tokens come from.
    ///   - runner: What runs Azure's command line.
    package init(
        environment: AzureEnvironment,
        cloud: Cloud,
        transport: any HTTPTransport,
        clock: any WallClock,
        random: RandomSource = RandomSource(),
        rules: RetryRules = RetryRules(),
        files: FileSource = .system,
        runner: any CommandRunner = SubprocessRunner()
    ) {
        self.environment = environment
        self.authority = cloud.authority
        self.repeating = RepeatingTransport(base: transport, rules: rules, clock: clock, random: random)
        self.files = files
        self.runner = runner
    }

    /// Makes the credential.
    ///
    /// - Parameter choice: The value of `--credential`, where it was given.
    /// - Returns: The credentials that were chosen, as one.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where a name or a variable cannot be used.
    package func credential(_ choice: String?) throws(BackupError) -> any TokenCredential {
        let source = choice == nil ? AzureEnvironment.Variable.tokenCredentials.rawValue : "--credential"
        let kinds = try CredentialKind.selection(choice ?? self.environment[.tokenCredentials], source: source)
        var credentials: [any TokenCredential] = []
        for kind in kinds { credentials.append(try self.credential(kind, alone: kinds.count == 1)) }
        return ChainedCredential(credentials)
    }

    private func credential(_ kind: CredentialKind, alone: Bool) throws(BackupError) -> any TokenCredential {
        switch kind {
        case .environment: return try self.environmentCredential()
        case .workloadIdentity: return try self.workloadIdentity()
        case .azureCLI: return AzureCLICredential(runner: self.runner, environment: self.environment)
        case .managedIdentity:
            return ManagedIdentityCredential(
                environment: self.environment,
                clientID: self.environment[.clientID],
                probes: !alone,
                repeating: self.repeating
            )
        }
    }

    private func environmentCredential() throws(BackupError) -> any TokenCredential {
        let name = CredentialKind.environment.rawValue
        if let reason = self.missing([.tenantID, .clientID]) {
            return UnavailableCredential(name: name, reason: reason)
        }
        let entra = try self.entra()
        if let secret = self.environment[.clientSecret] {
            return ClientSecretCredential(entra: entra, secret: Secret(secret))
        }
        if let path = self.environment[.clientCertificatePath] {
            let chain = self.environment[.clientSendCertificateChain]?.lowercased()
            return ClientCertificateCredential(
                entra: entra,
                path: path,
                password: self.environment[.clientCertificatePassword].map(Secret.init),
                sendsChain: chain == "1" || chain == "true",
                files: self.files,
                random: self.repeating.random
            )
        }
        let also = self.environment[.username] == nil ? "" : "; signing in with AZURE_USERNAME is not supported"
        return UnavailableCredential(
            name: name,
            reason: "neither AZURE_CLIENT_SECRET nor AZURE_CLIENT_CERTIFICATE_PATH is set\(also)"
        )
    }

    private func workloadIdentity() throws(BackupError) -> any TokenCredential {
        let name = CredentialKind.workloadIdentity.rawValue
        if let reason = self.missing([.tenantID, .clientID, .federatedTokenFile]) {
            return UnavailableCredential(name: name, reason: reason)
        }
        return WorkloadIdentityCredential(
            entra: try self.entra(),
            path: self.environment[.federatedTokenFile] ?? "",
            files: self.files
        )
    }

    private func entra() throws(BackupError) -> EntraToken {
        try EntraToken(
            repeating: self.repeating,
            authority: self.authority,
            tenant: self.environment[.tenantID] ?? "",
            clientID: self.environment[.clientID] ?? ""
        )
    }

    private func missing(_ variables: [AzureEnvironment.Variable]) -> String? {
        let names = variables.filter { self.environment[$0] == nil }.map(\.rawValue)
        if names.isEmpty { return nil }
        return "\(names.joined(separator: ", ")) \(names.count == 1 ? "is" : "are") not set"
    }
}
