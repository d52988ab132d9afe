"""Share: pages shown by a link, comments, and notices by e-mail and webhook."""
