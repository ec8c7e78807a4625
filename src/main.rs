//! The `regimen` program: runs the command line in `cli`.
fn main() -> std::process::ExitCode {
    regimen::cli::main()
}
