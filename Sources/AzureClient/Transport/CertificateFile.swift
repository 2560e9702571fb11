import BackupDomain
import FoundationEssentials
import NIOSSL

/// The certificates of the file that `SSL_CERT_FILE` names: trusted beside the system's.
enum CertificateFile {
    /// Reads every certificate of a PEM file.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - files: Where files come from.
    /// - Returns: The certificates, at least one.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`, naming the file.
    static func certificates(_ path: String, files: FileSource) throws(BackupError) -> [NIOSSLCertificate] {
        let content: Data
        do {
            content = try files.read(path, capInBytes: 8 << 20)
        } catch {
            throw Self.problem(path, "cannot be read")
        }
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes([UInt8](content)), !certificates.isEmpty else {
            throw Self.problem(path, "holds no certificate in PEM form")
        }
        return certificates
    }

    private static func problem(_ path: String, _ what: String) -> BackupError {
        BackupError(
            .invalidInput,
            "The file that SSL_CERT_FILE names, \(path), \(what).",
            remedy: "Let SSL_CERT_FILE name a PEM file with the certificates to trust beside the system's, or unset it."
        )
    }
}
