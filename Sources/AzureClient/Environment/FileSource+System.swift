package import BackupDomain
import FoundationEssentials

extension FileSource {
    /// The machine's own files.
    package static let system = FileSource { path, cap in
        let content = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
        guard content.count <= cap else { throw CocoaError(.fileReadTooLarge) }
        return content
    }
}
