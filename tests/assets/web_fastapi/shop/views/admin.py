from shop.views.own import OwnRouter, PlainRouter

router = OwnRouter("admin", tags=["admin"])
pages = PlainRouter(name="pages")


@router.get("/users")
def admin_users():
    return []


@pages.get("/front")
def front_page():
    return ""


def things():
    return []


router.crud("/things", things)
router.include_router(pages)
