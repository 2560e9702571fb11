import Commands
import Foundation

/// The program `apim-backup`.
@main
enum Main {
    static func main() async { exit(await LiveProgram.run()) }
}
