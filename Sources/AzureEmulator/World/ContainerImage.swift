/// The command that stands for an image of a container.
struct ContainerImage: WorldElement {
    /// The image as jobs name it.
    var name: String
    /// The program and its first arguments.
    var command: [String]

    var key: String { self.name }
}
