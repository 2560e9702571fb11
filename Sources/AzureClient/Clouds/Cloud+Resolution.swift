import BackupDomain
import FoundationEssentials

extension Cloud {
    /// Finds the cloud to work in.
    ///
    /// `ARM_CLOUD_METADATA_URL` names the document to read, as for Azure's command line; without it the name is that of a
    /// built-in cloud, AzureCloud by default. `AZURE_AUTHORITY_HOST` replaces the authority.
    ///
    /// - Parameters:
    ///   - name: The cloud's name, where one was asked for.
    ///   - environment: The variables.
    ///   - transport: What reads the document.
    /// - Returns: The cloud.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`, `malformedAnswer` and those of the transport.
    package static func resolve(
        named name: String?,
        environment: AzureEnvironment,
        transport: any HTTPTransport
    ) async throws -> Cloud {
        var cloud: Cloud
        if let text = environment[.cloudMetadataURL] {
            cloud = try await Self.read(text, named: name, transport: transport)
        } else {
            cloud = try CloudMetadata.select(Self.builtIn, named: name, source: "those that need no metadata document")
        }
        if let text = environment[.authorityHost] { cloud.authority = try Self.authority(text) }
        return cloud
    }

    private static func read(_ text: String, named name: String?, transport: any HTTPTransport) async throws -> Cloud {
        guard let url = URL(string: text), let origin = Origin(url) else {
            throw BackupError(.invalidInput, "ARM_CLOUD_METADATA_URL is not an http or https URL.")
        }
        try origin.requireConfidential("The metadata document")
        let answer: HTTPExchangeResponse
        do {
            answer = try await transport.send(
                HTTPExchangeRequest(url: url, capInBytes: 1 << 20, deadline: .seconds(30))
            )
        } catch let failure as TransportFailure {
            throw failure.error
        }
        guard answer.status == 200 else {
            throw BackupError(
                .malformedAnswer,
                "The cloud's metadata document at \(origin) cannot be read: the answer is \(answer.status).",
                remedy: "Check ARM_CLOUD_METADATA_URL."
            )
        }
        let clouds = try CloudMetadata.clouds(answer.body, source: origin)
        return try CloudMetadata.select(clouds, named: name, source: "the metadata document at \(origin)")
    }

    private static func authority(_ text: String) throws(BackupError) -> Origin {
        guard let origin = Origin(text.contains("://") ? text : "https://\(text)") else {
            throw BackupError(.invalidInput, "AZURE_AUTHORITY_HOST is neither a host nor an https URL.")
        }
        try origin.requireConfidential("The authority that AZURE_AUTHORITY_HOST names")
        return origin
    }
}
