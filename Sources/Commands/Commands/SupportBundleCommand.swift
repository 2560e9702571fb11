import ArgumentParser
import AzureClient
import BackupDomain
import BackupEngine
import Foundation
import LocalFiles
import Settings

/// `apim-backup support-bundle`: what a ticket needs.
struct SupportBundleCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "support-bundle",
        abstract: "Collect versions, settings, records and logs of an instance's runs for a ticket, without secrets.",
        discussion: """
            Writes one JSON document; read it before you send it. Secrets, e-mail addresses and addresses of machines are \
            taken out; names and ids of resources stay. The log of a run is the history in its record. Where the catalog \
            cannot be read, the bundle says why, with the records of this machine and all else that is known.
            """
    )

    /// How many records a bundle holds where an instance is named.
    private static let newestRecords = 10

    @Argument(
        help: "A run's id, a backup's name, or an instance's name (its ten newest runs).",
        transform: GivenName.read
    )
    var run: String

    @Option(name: .shortAndLong, help: "The file to write; standard output by default. Refuses a file that exists.")
    var out: String?

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions
    @OptionGroup var records: RecordsOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let settings = try context.settings(self.azure, self.storage)
        let records = self.records.records
        let bundle = try await AzureConnection.with(settings, records: records, context: context) { connection in
            do {
                return try await connection.whereFound(self.run) { try await self.collect(from: $0, over: connection) }
            } catch let error as BackupError where ![.notFound, .invalidInput].contains(error.code) {
                // A bundle is wanted most where something fails.
                context.terminal.note("The catalog could not be read: \(error.message)")
                return try await self.outline(over: connection, because: error)
            }
        }
        let document = String(decoding: try JSONEncoder.stable(pretty: true).encode(bundle), as: UTF8.self)
        guard let out = self.out else {
            context.terminal.print(document)
            return .success
        }
        try NewFile(path: out, option: "--out").write(document + "\n")
        let count = bundle.records.count
        context.terminal.note("\(out) holds \(count) record\(count == 1 ? "" : "s"); read it before you send it.")
        return .success
    }

    private func collect(
        from opened: OpenedStorage,
        over connection: AzureConnection
    ) async throws -> SupportBundle {
        let listing = opened.listing
        let named = try await listing.record(named: self.run)
        let isInstance = named.instance.name.lowercased() == self.run.lowercased()
        let records =
            isInstance
            ? try await listing.records(of: named.instance.name, limit: Self.newestRecords)
                .filter { $0.instanceKey == named.instanceKey }.sorted { $0.run > $1.run }
            : [named]
        return await self.bundle(
            over: connection,
            instance: named.instance.id,
            summary: try await opened.records.runs(of: named.instanceKey, at: connection.clock.now).summary
                .map(Self.json),
            records: try records.map(Self.json),
            blobs: await Self.blobs(of: records, in: opened.storage.blobs)
        )
    }

    /// What is known without the catalog: the records of this machine, the caller, the instance.
    private func outline(over connection: AzureConnection, because error: BackupError) async throws -> SupportBundle {
        var records: [RunRecord] = []
        for account in Set(connection.settings.places.compactMap(\.storage.account)).sorted() {
            let local = connection.localRecords(account)
            for key in try await local.instances() {
                for run in try await local.newestRuns(of: key, limit: Self.newestRecords) {
                    guard let record = try? await local.record(run, of: key)?.record else { continue }
                    records.append(record)
                }
            }
        }
        let meant = records.filter { record in
            [record.instance.name.lowercased(), record.instanceKey.text, record.run.text].contains(
                self.run.lowercased()
            )
                || record.attempts.contains { $0.backupName == self.run }
        }.sorted { $0.run > $1.run }
        let listed = try? connection.settings.instance(named: self.run)?.knownID
        return await self.bundle(
            over: connection,
            instance: meant.first?.instance.id ?? listed ?? ResourceID(self.run),
            catalogProblem: try Self.json(error),
            summary: nil,
            records: try meant.prefix(Self.newestRecords).map(Self.json),
            blobs: []
        )
    }

    private func bundle(
        over connection: AzureConnection,
        instance: ResourceID?,
        catalogProblem: JSONValue? = nil,
        summary: JSONValue?,
        records: [JSONValue],
        blobs: [JSONValue]
    ) async -> SupportBundle {
        SupportBundle(
            collectedAt: connection.clock.now,
            program: "apim-backup \(ApimBackup.version)",
            system: ProcessInfo.processInfo.operatingSystemVersionString,
            environment: Self.shown(connection.environment),
            settings: SettingsOutline(connection.settings).document,
            credential: await Self.value { try await connection.tokens.report(for: connection.cloud.audience) },
            instance: await Self.value {
                guard let instance else { throw BackupError(.notFound, "'\(self.run)' is not the id of an instance.") }
                return try await connection.plane.instance(instance).instance.document
            },
            catalogProblem: catalogProblem,
            summary: summary,
            records: records,
            blobs: blobs
        )
    }

    /// The variables that the program heeds: with their values where they hold no secret.
    private static func shown(_ environment: AzureEnvironment) -> [String: String] {
        let open: Set<AzureEnvironment.Variable> = [
            .tenantID, .clientID, .clientCertificatePath, .federatedTokenFile, .authorityHost, .tokenCredentials,
            .identityEndpoint, .cloudMetadataURL, .blobEndpoint, .clock, .sslCertFile, .noProxy, .lowerCaseNoProxy,
        ]
        var shown: [String: String] = [:]
        for variable in AzureEnvironment.Variable.allCases {
            guard let value = environment[variable] else { continue }
            shown[variable.rawValue] = open.contains(variable) ? value : "<set>"
        }
        return shown
    }

    private static func blobs(of records: [RunRecord], in blobs: any BlobStorage) async -> [JSONValue] {
        var found: [JSONValue] = []
        for record in records {
            guard let name = record.backup?.name ?? record.attempts.last?.backupName else { continue }
            let seen = await Self.value { () -> JSONValue in
                switch try await blobs.properties(of: name, in: record.storage.container) {
                case .absent: .string("absent")
                case .present(let blob):
                    .object([
                        "bytes": .integer(Int64(blob.bytes)), "etag": .string(blob.etag.text),
                        "createdAt": blob.createdAt.map { .string($0.iso8601) } ?? .null,
                        "leased": .boolean(blob.isLeased),
                    ])
                }
            }
            found.append(.object(["name": .string(name), "seen": seen]))
        }
        return found
    }

    /// A value as JSON, or the error that stood in its way: a bundle is wanted most where something fails.
    private static func value(_ body: () async throws -> some Encodable) async -> JSONValue {
        do {
            return try Self.json(try await body())
        } catch let error as BackupError {
            return .object(["error": (try? Self.json(error)) ?? .string(error.message)])
        } catch {
            return .object(["error": .string("\(error)")])
        }
    }

    private static func json(_ value: some Encodable) throws -> JSONValue {
        try JSONDecoder.stable().decode(JSONValue.self, from: try JSONEncoder.stable().encode(value))
    }
}
