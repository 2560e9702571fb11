import EmulatorRuntime
import Foundation

/// The XML of block lists, as they are sent and as they are told.
enum BlockListDocument {
    private static let maximumLength = 8 << 20

    static func read(_ data: Data) throws(StorageError) -> [BlockReference] {
        let root = try XMLElement.read(data, limit: self.maximumLength)
        guard root.name == "BlockList" else { throw .invalidXML }
        guard root.children.count <= BlobService.maximumBlockCount else { throw .blockListTooLong }
        return try root.children.map { element throws(StorageError) in
            guard let origin = BlockReference.Origin(rawValue: element.name) else { throw .invalidXML }
            let id = element.text.trimmingCharacters(in: .whitespacesAndNewlines)
            guard let bytes = Data(base64Encoded: id), (1...64).contains(bytes.count) else { throw .invalidBlockList }
            return BlockReference(origin: origin, id: id)
        }
    }

    static func write(committed: [StoredBlock]?, uncommitted: [StoredBlock]?) -> XMLWriter {
        var xml = XMLWriter()
        xml.element("BlockList") { xml in
            for (name, blocks) in [("CommittedBlocks", committed), ("UncommittedBlocks", uncommitted)] {
                guard let blocks else { continue }
                xml.element(name) { xml in
                    for block in blocks {
                        xml.element("Block") { xml in
                            xml.element("Name", block.id)
                            xml.element("Size", String(block.piece.length))
                        }
                    }
                }
            }
        }
        return xml
    }
}
