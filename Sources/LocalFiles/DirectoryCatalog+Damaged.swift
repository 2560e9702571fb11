package import BackupDomain
import Foundation

extension DirectoryCatalog {
    package func setAside(_ run: RunID, of instance: InstanceKey) async throws -> String? {
        let file = self.file(run, instance)
        return try self.writing(file) {
            do {
                // Another process may have put it aside, or a person mended it.
                _ = try self.read(file)
                return nil
            } catch let error as BackupError where error.code == .recordUnreadable {
                return try DurableFile.move(file, to: file.appendingPathExtension("damaged")).path
            }
        }
    }
}
