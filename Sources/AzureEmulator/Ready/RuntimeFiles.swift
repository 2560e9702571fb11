import Foundation

/// The files that live as long as the emulator does: the certificates for clients, and a fresh folder for Azure's CLI.
struct RuntimeFiles {
    let folder: URL
    let caFile: URL
    let bundleFile: URL
    let cliFolder: URL

    private static let systemRoots = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem",
    ]

    init(parent: URL, name: String, certificate: String) throws {
        self.folder = parent.appending(path: "azure-emulator-\(name)", directoryHint: .isDirectory)
        self.caFile = self.folder.appending(path: "ca.pem")
        self.bundleFile = self.folder.appending(path: "ca-bundle.pem")
        self.cliFolder = self.folder.appending(path: "azure-cli", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(
            at: self.cliFolder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try Data(certificate.utf8).write(to: self.caFile)
        // Azure's CLI and Python replace the system's roots by this file, so it must hold both.
        let roots = Self.systemRoots.lazy.compactMap { try? Data(contentsOf: URL(filePath: $0)) }.first ?? Data()
        try (Data(certificate.utf8) + Data("\n".utf8) + roots).write(to: self.bundleFile)
        try Data("[cloud]\nname = LocalAzure\n[core]\ncollect_telemetry = false\n".utf8)
            .write(to: self.cliFolder.appending(path: "config"))
    }

    func remove() { try? FileManager.default.removeItem(at: self.folder) }
}
