/// A JSON document of the catalog that carries its format's version; fields are only ever added.
package protocol CatalogDocument: Codable, Sendable {
    /// The newest format that this program reads.
    static var currentVersion: Int { get }
    /// The format's version.
    var version: Int { get }
}
