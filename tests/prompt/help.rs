//! Help mode: what `?` shows.

use crate::terminal::Terminal;

#[test]
fn help_shows_signature_text_examples_and_more_to_see() {
    let Some(mut terminal) = Terminal::start("help", &[]) else { return };
    terminal.type_in("?kron");
    terminal.shows("help?> ?kron");
    terminal.type_in("\r");
    terminal.shows("  kron(A, B, rest...)\n");
    terminal.shows("  hlang> kron(");
    terminal.shows("  see also: ");
    terminal.ready();
    terminal.enter("help det", "  det(A)\n");
    terminal.enter("?end", "Ends a block");
    terminal.enter("help", "?\"row sums\"");
}

#[test]
fn both_products_stand_side_by_side() {
    let Some(mut terminal) = Terminal::start("products", &[]) else { return };
    for question in ["?*", "?.*"] {
        terminal.clear();
        terminal.enter(question, "  A * B                               A .* B\n");
        terminal
            .shows("  1*5+2*7  1*6+2*8                    1*5  2*6\n  3*5+4*7  3*6+4*8                    3*7  4*8\n");
        terminal.shows("  19  22                               5  12\n  43  50                              21  32\n");
        if question == "?*" {
            terminal.is_pictured();
        }
    }
}

#[test]
fn words_are_searched_and_foreign_names_translated() {
    let Some(mut terminal) = Terminal::start("search", &[]) else { return };
    terminal.enter("?\"row sums\"", "sum(A, dims=2)");
    terminal.enter("?%*%", "`*` is the matrix product.");
    terminal.clear();
    terminal.enter("?numel", "The number of elements");
    terminal.clear();
    terminal.enter("?np.dot", "dot(x, y)");
    terminal.clear();
    terminal.enter("?rowSums", "rowSums (R)\n\n  In hlang it is written\n      sum(A, dims=2)");
    terminal.clear();
    terminal.enter("?kronn", "Did you mean `kron`?");
}

#[test]
fn the_users_functions_show_their_source_and_comment() {
    let Some(mut terminal) = Terminal::start("own-help", &[]) else { return };
    terminal.type_in("# Twice its argument.\x1b\rtwice(x) = 2x\r");
    terminal.shows("twice (generic function");
    terminal.ready();
    terminal.clear();
    terminal.enter("?twice", "  twice(x)\n\n  Twice its argument.\n\n  twice(x) = 2x\n");
}
