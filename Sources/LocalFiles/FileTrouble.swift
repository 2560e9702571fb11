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
        let known = error as NSError
        let cause = known.userInfo[NSUnderlyingErrorKey] as? NSError ?? known
        let isPOSIX = cause.domain == NSPOSIXErrorDomain
        if isInFolder, isPOSIX && cause.code == Int(ENOTDIR) || Self.exists(error) {
            return "a file stands where a folder is needed."
        }
        switch (error as? CocoaError)?.code {
        case .fileWriteFileExists: return "there is a file of that name."
        case .fileNoSuchFile, .fileReadNoSuchFile: return "there is no such folder."
        case .fileWriteNoPermission: return "this user may not write there."
        case .fileWriteOutOfSpace: return "the disk is full."
        case .fileWriteVolumeReadOnly: return "the disk is read-only."
        default: return known.localizedDescription.replacing("The operation could not be completed. ", with: "")
        }
    }

    private static func exists(_ error: any Error) -> Bool { (error as? CocoaError)?.code == .fileWriteFileExists }
}
