import AzureClient
import BackupDomain
import BackupEngine
import Settings

extension AzureConnection {
    /// Opens the containers that an instance's settings name.
    ///
    /// - Parameters:
    ///   - backup: The settings.
    ///   - subscription: Where to look for the account; nil for all that can be seen.
    /// - Returns: The containers.
    /// - Throws: ``BackupDomain/BackupError``, with code `invalidInput` where no account is named.
    func open(_ backup: BackupSettings, subscription: String?) async throws -> OpenedStorage {
        let account = try await self.account(backup.storage, subscription: subscription)
        let blobs = try BlobServiceClient(
            account: account,
            cloud: self.cloud,
            tokens: self.tokens,
            transport: self.transport,
            clock: self.patient,
            random: self.random,
            rules: self.rules
        )
        return OpenedStorage(
            backup.storage,
            RunStorage(account: account, blobs: blobs),
            local: self.localRecords(account.name),
            candidates: InstanceCandidates(plane: self.plane, in: subscription),
            clock: self.clock,
            warn: self.warn
        )
    }

    /// Opens all containers that the settings name.
    ///
    /// - Returns: The containers, each once, at least one.
    /// - Throws: ``BackupDomain/BackupError``, with code `invalidInput` where no account is named.
    func storages() async throws -> [OpenedStorage] {
        var opened: [OpenedStorage] = []
        for place in try self.places() { opened.append(try await self.open(place, subscription: place.subscription)) }
        return opened
    }

    /// Works in each storage account that the settings name; one that fails does not keep the others from being worked in.
    ///
    /// - Parameter body: The work in one.
    /// - Returns: What came of the work in those that did not fail, and the errors of the others.
    /// - Throws: ``BackupDomain/BackupError`` where all fail, or none is named.
    func inEach<Value>(
        _ body: (OpenedStorage) async throws -> Value
    ) async throws -> (values: [Value], errors: [BackupError]) {
        var values: [Value] = []
        var errors: [BackupError] = []
        for place in try self.places() {
            do {
                values.append(try await body(try await self.open(place, subscription: place.subscription)))
            } catch let error as BackupError {
                errors.append(error)
            }
        }
        if values.isEmpty, let first = errors.first { throw first }
        return (values, errors)
    }

    /// Works in the storage account where something is that a person named.
    ///
    /// That is the account of the instance that the settings list under that name; otherwise all are tried.
    ///
    /// - Parameters:
    ///   - reference: What the person named: an instance, a run, a backup.
    ///   - body: The work; it throws `notFound` where it does not find it, before it changes anything.
    /// - Returns: What came of the work.
    /// - Throws: ``BackupDomain/BackupError``
    func whereFound<Value>(
        _ reference: String,
        _ body: (OpenedStorage) async throws -> Value
    ) async throws -> Value {
        if let listed = try self.settings.instance(named: reference) {
            return try await body(try await self.open(listed.backup, subscription: listed.backup.subscription))
        }
        var telling: BackupError?
        var last: BackupError?
        for place in try self.places() {
            do {
                return try await body(try await self.open(place, subscription: place.subscription))
            } catch let error as BackupError {
                // That another account could not be looked into tells more than that this one has nothing.
                if error.code != .notFound { telling = telling ?? error }
                last = error
            }
        }
        throw telling ?? last ?? BackupError(.notFound, "There is no '\(reference)'.")
    }

    /// Finds the resource id of an account: the address of its blob service may be known without it.
    ///
    /// - Parameter opened: The account.
    /// - Returns: Its id; nil where it is not seen in the Resource Manager.
    func accountID(of opened: OpenedStorage) async -> ResourceID? {
        if let id = opened.storage.account.id { return id }
        return try? await StorageAccountLookup(plane: self.plane).find(opened.account, in: nil)?.id
    }

    private func places() throws(BackupError) -> [BackupSettings] {
        let places = self.settings.places
        if places.isEmpty { _ = try self.settings.backup.storage.requiredAccount() }
        return places
    }

    private func account(_ storage: StorageSettings, subscription: String?) async throws -> StorageAccount {
        let name = try storage.requiredAccount()
        if let override = storage.blobEndpoint ?? self.environment[.blobEndpoint] {
            return StorageAccount(name: name, blobEndpoint: try BlobEndpoint.override(override, account: name))
        }
        let found = try await self.accounts.account(name, in: subscription ?? "") {
            try await StorageAccountLookup(plane: self.plane).find(name, in: subscription)
        }
        if let found { return found }
        return StorageAccount(name: name, blobEndpoint: try BlobEndpoint.standard(account: name, cloud: self.cloud))
    }
}
