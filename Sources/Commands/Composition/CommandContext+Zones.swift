import AzureClient
import BackupDomain
import Scheduling

extension CommandContext {
    /// The time zones of this machine, or of the folder that `TZDIR` names.
    var zones: any TimeZoneDatabase {
        let folder = self.environment["TZDIR"]
        return ZoneFiles(folder: folder == "" ? nil : folder, files: .system)
    }
}
