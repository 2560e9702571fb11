import BackupDomain
import BackupEngine
import LocalFiles
import Settings

extension AzureConnection {
    /// The documents among which the ledger of incidents lies: in the first place that the settings name.
    ///
    /// - Returns: The documents.
    /// - Throws: ``BackupDomain/BackupError``, with code `invalidInput` where no account is named.
    func ledgerDocuments() async throws -> CatalogDocuments {
        let place = self.ledgerPlace
        return try await self.open(place, subscription: place.subscription).documents
    }

    /// Where this machine keeps the ledger while the catalog does not take it; nil without an account or a folder.
    var ledgerRefuge: LocalLedger? { self.ledgerPlace.storage.account.flatMap { self.localRecords($0).ledger } }

    private var ledgerPlace: BackupSettings { self.settings.places.first ?? self.settings.backup }

    /// What a person should know of the channels of the settings.
    ///
    /// - Returns: The warnings; none where no channel is named, or the ledger cannot be read: that the catalog cannot is
    ///   told by what is read of it.
    func channelWarnings() async -> [String] {
        let channels = self.settings.notifications.receivers
        guard !channels.isEmpty,
            let found = try? await self.ledgerDocuments().read(IncidentLedger.self, at: CatalogPath.incidents)
        else { return [] }
        return ChannelWarnings(found.document, channels: channels).lines
    }
}
