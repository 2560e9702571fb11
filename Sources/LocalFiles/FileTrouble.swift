import Foundation

/// Why a file cannot be written, for the end of a message: Foundation says first that something went wrong, and then what.
package enum FileTrouble {
    /// Puts an error of Foundation's into words that a person can act on.
    ///
    /// - Parameters:
    ///   - error: The error.
    ///   - isInFolder: Whether the folder is made where it is missing, so that a file in its place is in the way.
    /// - Returns: A sentence that follows a colon.
    package static func words(_ error: any Error, isInFolder: Bool = false) -> String {
        let problem = error as? CocoaError
        let cause = error as? POSIXError ?? problem?.underlying as? POSIXError
        if isInFolder, cause?.code == .ENOTDIR || problem?.code == .fileWriteFileExists {
            return "a file stands where a folder is needed."
        }
        switch problem?.code {
        case .fileWriteFileExists: return "there is a file of that name."
        case .fileNoSuchFile, .fileReadNoSuchFile: return "there is no such folder."
        case .fileWriteNoPermission: return "this user may not write there."
        case .fileWriteOutOfSpace: return "the disk is full."
        case .fileWriteVolumeReadOnly: return "the disk is read-only."
        default: return error.localizedDescription.replacing("The operation could not be completed. ", with: "")
        }
    }
}
