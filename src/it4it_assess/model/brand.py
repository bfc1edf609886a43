"""What a brand file is: whose report this is, in their colour and with their address."""

from it4it_assess.model.base import Model, Text, Texts


class BrandFile(Model):
    """A name, a logo beside the file, one colour, contact lines and a last line."""

    name: Text | None = None
    logo: Text | None = None
    accent: Text | None = None
    contact: Texts = ()
    footer: Text | None = None
