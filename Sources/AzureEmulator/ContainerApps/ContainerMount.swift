/// A folder with files that a container finds where its template says.
package struct ContainerMount: Sendable, Equatable {
    /// The folder's path inside the container.
    package var folder: String
    /// The files' contents by their names.
    package var files: [String: String]
}
