/// Another emulator uses the state folder.
struct StateInUse: Error, CustomStringConvertible {
    let folder: String

    var description: String { "Another azure-emulator uses the state folder '\(self.folder)'." }
}
