import AzureClient
import BackupDomain
import Scheduling

extension CommandContext {
    /// The time zones of this machine, or of the folder that `TZDIR` names, as they are there now.
    var zoneFiles: any TimeZoneDatabase {
        let folder = self.environment["TZDIR"]
        return ZoneFiles(folder: folder == "" ? nil : folder, files: .system)
    }

    /// The time zones to work with: those of this machine, and in a daemon also those that were there.
    var zones: any TimeZoneDatabase { self.rememberedZones ?? self.zoneFiles }
}
