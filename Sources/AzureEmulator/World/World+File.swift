import EmulatorRuntime
package import Foundation

extension World {
    /// Reads a world from a file.
    ///
    /// - Parameter file: The file's path.
    /// - Returns: The world.
    /// - Throws: ``FileMistakes`` with every mistake's file, line and field.
    package static func load(file: String) throws -> World {
        try self.parse(FileReader.text(of: file), file: file)
    }

    /// Reads a world from a text.
    ///
    /// - Parameters:
    ///   - text: JSON as docs/emulator.md describes it.
    ///   - file: What the mistakes call the file.
    /// - Returns: The world.
    /// - Throws: ``FileMistakes`` with every mistake's file, line and field.
    package static func parse(_ text: Data, file: String) throws -> World {
        var root = JSON.null
        let reader = try FileReader(file: file, text: text, root: &root)
        let fields = FieldReader(root, path: "", reader: reader)
        let world = WorldReader(fields: fields).world()
        fields.finish()
        try reader.finish()
        return world
    }
}
